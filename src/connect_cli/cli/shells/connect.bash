# shellcheck shell=bash
# == completion
# connect gets the line up to the cursor and prints what to add to it, quoted (exit code 10 means
# file names, 11 a sentence that goes on). A second match, longer by a blank, keeps readline from
# adding a closing quote or a blank of its own.
_connect_complete() {
  local line code="" typed=$2
  local -a offers=()
  COMPREPLY=()
  while IFS= read -r line; do
    case $line in
      +*) offers+=("${line#+}") ;;
      *) code=$line ;;
    esac
  done < <(
    _CONNECT_COMPLETE=bash connect "${COMP_LINE:0:COMP_POINT}" "${@:4}" 2>/dev/null
    echo "$?"
  )
  if [ "$code" = 10 ]; then
    compopt -o default 2>/dev/null || _connect_plain_files "$typed"
  elif [ "$code" = 0 ] || [ "$code" = 11 ]; then
    [ "${#offers[@]}" -lt 2 ] || [ "${COMP_TYPE-}" != 63 ] || typed=${typed##* }
    for line in "${offers[@]}"; do
      COMPREPLY+=("$typed$line")
    done
    [ "$code${#offers[@]}" != 111 ] || COMPREPLY+=("${COMPREPLY[0]} ")
  fi
}
# For bash 3, which has no compopt: files whose names need no quotes.
_connect_plain_files() {
  local file
  while IFS= read -r file; do
    case $file in
      *[!A-Za-z0-9_./-]*) ;;
      *) COMPREPLY+=("$file") ;;
    esac
  done < <(compgen -f -- "$1")
}
complete -o nosort -F _connect_complete connect 2>/dev/null ||
  complete -F _connect_complete connect

# == log
alias ALIAS='connect log'
_connect_complete_log() {
  _connect_complete "$@" connect log
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

# == first
# Whether this is the first shell of the day by the mark $1, which is then set; $2: the form of
# date that stands for another time, such as the week.
_connect_first() {
  local day mark="${XDG_STATE_HOME:-$HOME/.local/state}/connect/$1"
  [ "$(date +%H)" -ge HOUR ] || return 1
  day=$(date "+${2-%F}")
  [ "$(cat "$mark" 2>/dev/null)" != "$day" ] || return 1
  (umask 077 && mkdir -p "${mark%/*}" && printf '%s\n' "$day" >|"$mark")
}

# == sync
# What went wrong is said in a line: machines that no longer meet are not found out otherwise.
_connect_sync() {
  command -v connect >/dev/null && _connect_first synced-on &&
    connect sync --quiet </dev/null
}
case $- in
  *i*) _connect_sync || : ;;
esac

# == inbox
# Whatever fails here is no concern of the prompt.
_connect_inbox() {
  command -v connect >/dev/null && _connect_first inbox-read-on &&
    connect inbox --quiet </dev/null
} 2>/dev/null
case $- in
  *i*) _connect_inbox || : ;;
esac

# == daily
case $- in
  *i*) ! _connect_first shown-on || connect today ;;
esac

# == weekly
# The week before is shown too: the week until today alone would leave out what came after its first
# shell. Whatever fails here is no concern of the prompt, and no pager waits for a key.
_connect_weekly() {
  command -v connect >/dev/null && _connect_first reviewed-in %G-%V && echo &&
    PAGER="cat" connect review since last week
} 2>/dev/null
case $- in
  *i*) _connect_weekly || : ;;
esac
