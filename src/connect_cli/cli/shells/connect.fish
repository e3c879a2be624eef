# == completion
# connect gets the command up to the cursor and prints the words that fit there (exit code 10 means
# file names, 11 a sentence that goes on). fish quotes them. A second word, longer by a blank, keeps
# it from closing open quotes. For a file name inside open quotes connect prints the word unquoted,
# since fish cannot list files there.
function __connect_complete
    set -lx _CONNECT_COMPLETE fish
    set -l offers (connect (commandline --current-process --cut-at-cursor | string collect) 2>/dev/null)
    switch $status
        case 10
            set -l token (commandline --current-token --cut-at-cursor)
            test -z "$offers"; or set token (string escape -- $offers)
            complete --do-complete="'' $token"
        case 11
            string join -- \n $offers
            test (count $offers) -ne 1; or echo "$offers "
        case 0
            string join -- \n $offers
    end
end
complete --command connect --no-files --keep-order --arguments '(__connect_complete)'

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

# == first
# Whether this is the first shell of the day by the mark $argv[1], which is then set; $argv[2]: the
# form of date that stands for the day, or for another time, such as the week.
function __connect_first
    test (date +%H) -ge HOUR; or return
    set -l day (date +$argv[2])
    set -l state $HOME/.local/state
    set -q XDG_STATE_HOME; and set state $XDG_STATE_HOME
    set -l mark $state/connect/$argv[1]
    test "$(cat $mark 2>/dev/null)" != $day; or return
    mkdir -p -m 700 $state/connect; and echo $day >$mark; and chmod 600 $mark
end

# == sync
# What went wrong is said in a line: machines that no longer meet are not found out otherwise.
function __connect_sync
    type --query connect; and __connect_first synced-on %F; and connect sync --quiet </dev/null
    true
end
not status is-interactive; or __connect_sync

# == inbox
# Whatever fails here is no concern of the prompt.
function __connect_inbox
    type --query connect; and __connect_first inbox-read-on %F; and connect inbox --quiet </dev/null
    true
end
not status is-interactive; or __connect_inbox 2>/dev/null

# == daily
not status is-interactive; or not __connect_first shown-on %F; or connect today

# == weekly
# The week before is shown too: the week until today alone would leave out what came after its first
# shell. Whatever fails here is no concern of the prompt, and no pager waits for a key.
function __connect_weekly
    type --query connect; and __connect_first reviewed-in %G-%V; and echo
    and env PAGER=cat connect review since last week
    true
end
not status is-interactive; or __connect_weekly 2>/dev/null
