# screen.sh - what the tests of the window share: a virtual screen, the program on it, keys, and the trace of what it
# obeyed. Sourced by a test whose $1 is the program, with limit_s set: the seconds that the test may take.
set -u
program=$1
self=$(realpath "$0")
if [ -z "${WINDOW_TEST:-}" ]; then # once more, within a limit
    WINDOW_TEST=1 timeout -k 5 $limit_s "$self" "$@"
    status=$?
    [ $status = 124 ] && echo "FAILED: not done after $limit_s s"
    exit $status
fi
folder=$(mktemp -d)
failures=0
pids=()
trap 'kill "${pids[@]}" 2>/dev/null; wait 2>/dev/null; rm -rf "$folder"' EXIT
cd "$folder" || exit 1
give_up() { echo "FAILED: $*"; exit 1; }
fail() {
    echo "FAILED: $*"
    failures=$((failures + 1))
    [ $failures -lt 5 ] || give_up "the rest, untried after so many failures"
}
# Waits until "$@" succeeds, at most so many SECONDS; fails when it never does.
wait_for() {
    local end_us=$(( ${EPOCHREALTIME/[^0-9]/} + $1 * 1000000 ))
    shift
    until "$@" >/dev/null 2>&1; do
        [ "${EPOCHREALTIME/[^0-9]/}" -lt $end_us ] || return 1
        sleep 0.05
    done
}
unset WAYLAND_DISPLAY SDL_VIDEODRIVER
# Where drawings and sessions are kept, and the log of the window manager.
export XDG_DATA_HOME=$folder/data XDG_STATE_HOME=$folder/state XDG_CACHE_HOME=$folder/cache
export LC_ALL=C.UTF-8 # letters that are typed

# The screen picks a free number itself, one test after the other: two that start at once may take each other's. One that
# ends just then may take its socket away: then once more. openbox lets windows be closed as people close them.
managed() { xprop -root _NET_SUPPORTING_WM_CHECK | grep -q 'window id'; }
begin_screen() {
    rm -f display
    Xvfb -displayfd 3 -screen 0 1600x1000x24 -nolisten tcp 3>display >xvfb.log 2>&1 9>&- &
    pids+=($!)
    wait_for 10 test -s display || give_up "no virtual screen: $(tail -n 3 xvfb.log)"
    DISPLAY=:$(cat display)
    export DISPLAY
    openbox --sm-disable >openbox.log 2>&1 9>&- &
    pids+=($!)
    wait_for 10 managed
}
exec 9>"${TMPDIR:-/tmp}/scorefield-screen-$UID.lock"
flock 9
begin_screen || begin_screen || give_up "no window manager: $(tail -n 3 openbox.log)"
exec 9>&-

# SDL makes its window anew while it looks for a visual, and the manager maps and focuses it in its own time: the window
# is ready once it answers a key: Escape, which does nothing here, or another one that a test names.
ready_key=Escape
ready_line=cancel
answers() {
    window=$(xdotool search --onlyvisible --name '^scorefield$' 2>/dev/null | tail -n 1)
    [ -n "$window" ] || return
    timeout 2 xdotool windowactivate --sync "$window" key "$ready_key" 2>/dev/null
    wait_for 1 grep -q "^$ready_line" trace
}
started() { ! kill -0 $app 2>/dev/null || answers; }
start() { # OPTION...
    rm -f trace errors
    timeout -k 3 140 "$program" --size 1280x800 --set particles=300 --set net.width=32 --set train.batch=32 \
        --set train.references=32 --trace trace "$@" 2>errors &
    app=$!
    pids+=($app)
    window=
    wait_for 30 started
    kill -0 $app 2>/dev/null || give_up "the program ended at once: $(cat errors)"
    [ -n "$window" ] || give_up "no window appeared: $(cat errors)"
    [ -s trace ] || give_up "the window answers no key: $(cat errors)"
    sleep 0.3 # answers to further ones
}
lines() { [ -f trace ] && wc -l <trace || echo 0; }
# The next trace line after what "$@" does; empty after five seconds of nothing.
line_after() {
    local before
    before=$(lines)
    "$@"
    for _ in $(seq 100); do
        [ "$(lines)" -gt "$before" ] && { sed -n "$((before + 1))p" trace; return; }
        sleep 0.05
    done
}
key() { xdotool key "$1"; }
field() { sed -E "s/.*[ |]$1=([^ ]*).*/\1/" <<<"$2"; }
# The value of a field once all that came before is obeyed.
now() {
    before=$(lines)
    key F3
    wait_for 5 told 'toggle numbers'
    field "$1" "$(since | grep 'toggle numbers')"
}
since() { sed -n "$((before + 1)),\$p" trace; }
told() { since | grep -q "$1"; }
below() { awk "BEGIN { exit !($1 < $2) }"; }
gone() { ! kill -0 $app; }
point() { xdotool mousemove --window "$window" "$@"; }
measure() { eval "$(xdotool getwindowgeometry --shell "$window")"; }
