# shellcheck shell=bash
# == completion
_connect_complete() {
  local offer
  COMPREPLY=()
  while IFS= read -r offer; do
    COMPREPLY+=("$offer")
  done < <(COMP_WORDS="${COMP_WORDS[*]}" COMP_CWORD=$COMP_CWORD _CONNECT_COMPLETE=complete_bash connect)
}
complete -o default -o nosort -F _connect_complete connect 2>/dev/null ||
  complete -o default -F _connect_complete connect

# == log
alias ALIAS='connect log'
_connect_complete_log() {
  COMP_WORDS=(connect log "${COMP_WORDS[@]:1}")
  COMP_CWORD=$((COMP_CWORD + 1))
  _connect_complete
}
complete -o nosort -F _connect_complete_log ALIAS 2>/dev/null ||
  complete -F _connect_complete_log ALIAS

# == today
alias ALIAS='connect today'

# == prompt
connect_prompt() {
  local said
  said=$(connect prompt 2>/dev/null)
  [ -z "$said" ] || printf '[%s] ' "$said"
}

# == before
case $PS1 in
  *connect_prompt*) ;;
  *) PS1='$(connect_prompt)'$PS1 ;;
esac

# == daily
_connect_daily() {
  local day mark="${XDG_STATE_HOME:-$HOME/.local/state}/connect/shown-on"
  [ "$(date +%H)" -ge HOUR ] || return 0
  day=$(date +%F)
  [ "$(cat "$mark" 2>/dev/null)" != "$day" ] || return 0
  (umask 077 && mkdir -p "${mark%/*}" && printf '%s\n' "$day" >"$mark") && connect today
}
case $- in
  *i*) _connect_daily ;;
esac
