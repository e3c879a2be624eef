# == completion
# connect gets the command up to the cursor and prints the words that fit there, each with a tab and
# what to display (exit code 10 means file names, 11 a sentence that goes on). zsh quotes them.
_connect() {
  local line code=
  local -a offers shown ends
  line="${(j: :)words[1,CURRENT-1]} $QIPREFIX$PREFIX"
  for line in "${(@f)$(_CONNECT_COMPLETE=zsh connect "$line" 2>/dev/null; print -r -- $?)}"; do
    if [[ $line == *$'\t'* ]]; then
      offers+=("${line%%$'\t'*}")
      shown+=("${line#*$'\t'}")
    else
      code=$line
    fi
  done
  case $code in
    (10)
      [[ $PREFIX != -*=* ]] || compset -P '*='
      _files
      return
      ;;
    (11) ends=(-S '') ;;
    (0) ;;
    (*) return 1 ;;
  esac
  (( ${#offers} )) && compadd -U -l -V connect -d shown "${ends[@]}" -a offers
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

# == first
# Whether this is the first shell of the day by the mark $1, which is then set; $2: the form of
# date that stands for another time, such as the week.
_connect_first() {
  [ "$(date +%H)" -ge HOUR ] || return 1
  local day="$(date "+${2-%F}")" mark="${XDG_STATE_HOME:-$HOME/.local/state}/connect/$1"
  [[ "$(cat "$mark" 2>/dev/null)" != "$day" ]] || return 1
  (umask 077 && mkdir -p "${mark:h}" && print -r -- "$day" >| "$mark")
}

# == sync
# What went wrong is said in a line: machines that no longer meet are not found out otherwise.
_connect_sync() {
  command -v connect >/dev/null && _connect_first synced-on &&
    connect sync --quiet </dev/null
}
[[ ! -o interactive ]] || _connect_sync || :

# == inbox
# Whatever fails here is no concern of the prompt.
_connect_inbox() {
  command -v connect >/dev/null && _connect_first inbox-read-on &&
    connect inbox --quiet </dev/null
} 2>/dev/null
[[ ! -o interactive ]] || _connect_inbox || :

# == daily
[[ ! -o interactive ]] || ! _connect_first shown-on || connect today

# == weekly
# The week before is shown too: the week until today alone would leave out what came after its first
# shell. Whatever fails here is no concern of the prompt, and no pager waits for a key.
_connect_weekly() {
  command -v connect >/dev/null && _connect_first reviewed-in %G-%V && echo &&
    PAGER=cat connect review since last week
} 2>/dev/null
[[ ! -o interactive ]] || _connect_weekly || :
