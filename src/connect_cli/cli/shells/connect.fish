# == completion
function __connect_complete
    set -lx _TYPER_COMPLETE_ARGS (commandline --current-process --cut-at-cursor)
    set -lx _TYPER_COMPLETE_FISH_ACTION get-args
    set -lx _CONNECT_COMPLETE complete_fish
    connect
end
complete --command connect --no-files --keep-order --arguments '(__connect_complete)'
complete --command connect --force-files \
    --condition '__fish_seen_subcommand_from backup restore import export'

# == log
alias ALIAS 'connect log'

# == today
alias ALIAS 'connect today'

# == prompt
function connect_prompt
    set -l said (connect prompt 2>/dev/null)
    test -z "$said"; or printf '[%s] ' "$said"
end

# == before
if not functions --query __connect_prompt_before
    functions --copy fish_prompt __connect_prompt_before
    function fish_prompt
        connect_prompt
        __connect_prompt_before
    end
end

# == daily
function __connect_daily
    test (date +%H) -ge HOUR; or return
    set -l day (date +%F)
    set -l state $HOME/.local/state
    set -q XDG_STATE_HOME; and set state $XDG_STATE_HOME
    set -l mark $state/connect/shown-on
    test "$(cat $mark 2>/dev/null)" = $day; and return
    mkdir -p -m 700 $state/connect; and echo $day >$mark; and chmod 600 $mark; and connect today
end
status is-interactive; and __connect_daily
