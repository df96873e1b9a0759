# pictures.sh - what the tests of golden pictures share. Sourced by a test whose $1 is the program and $2 may be --update;
# it sets kept: the folder of the pictures to compare with.
set -u
program=$1
update=${2:-}
tests=$(dirname "$(realpath "$0")")
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
failures=0
fail() { echo "FAILED: $*"; failures=$((failures + 1)); }
wait_for_core() { while [ "$(jobs -rp | wc -l)" -ge "$(nproc)" ]; do wait -n; done; }

# Pixels that differ visibly; other versions of the drawing library may differ in a few along edges. Pictures that can't
# be compared differ in all.
differing() { # FILE FILE
    local count
    if count=$(compare -metric AE -fuzz ${fuzz:-3%} "$1" "$2" null: 2>&1) || [ $? = 1 ]; then
        printf '%.0f' "${count%% *}"
    else
        echo 1000000000
    fi
}
# A picture that was drawn, against the one that is kept.
is_kept() { [ -e "$kept/$1.png" ] || { fail "$1: there is no $kept/$1.png to compare with; --update makes it"; false; }; }
hold() { # NAME PIXELS_THAT_MAY_DIFFER
    is_kept "$1" || return
    local count
    count=$(differing "$kept/$1.png" "$folder/$1.png")
    [ "$count" -le "$2" ] || fail "$1: $count pixels differ from $kept/$1.png, at most $2 may"
}
