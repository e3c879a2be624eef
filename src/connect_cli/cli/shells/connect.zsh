# == completion
_connect() {
  local line
  local -a offers shown
  while IFS= read -r line; do
    offers+=("${line%%$'\t'*}")
    shown+=("${line/$'\t'/  -- }")
  done < <(_TYPER_COMPLETE_ARGS="${(j: :)words[1,CURRENT]}" _TYPER_COMPLETE_FISH_ACTION=get-args \
    _CONNECT_COMPLETE=complete_fish connect)
  if (( ${#offers} )); then
    compadd -U -l -V connect -d shown -a offers
  else
    _files
  fi
}
if (( ! ${+functions[compdef]} )); then
  autoload -Uz compinit && compinit -u
fi
compdef _connect connect

# == log
alias ALIAS='connect log'

# == today
alias ALIAS='connect today'

# == prompt
connect_prompt() {
  local said="$(connect prompt 2>/dev/null)"
  [[ -z $said ]] || print -rn -- "[${said//\%/%%}] "
}

# == before
setopt prompt_subst
[[ $PROMPT == *connect_prompt* ]] || PROMPT='$(connect_prompt)'$PROMPT

# == daily
_connect_daily() {
  [ "$(date +%H)" -ge HOUR ] || return 0
  local day="$(date +%F)" mark="${XDG_STATE_HOME:-$HOME/.local/state}/connect/shown-on"
  [[ "$(cat "$mark" 2>/dev/null)" != "$day" ]] || return 0
  (umask 077 && mkdir -p "${mark:h}" && print -r -- "$day" >| "$mark") && connect today
}
[[ ! -o interactive ]] || _connect_daily
