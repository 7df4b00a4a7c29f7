#!/bin/sh
# Runs the checks of checks.sh and writes reports/junit.xml. Fails when one of them does.
set -u
cd "$(dirname "$0")" || exit 1
mkdir -p reports

ran=0
failed=0
cases=''
options=''

# check NAME TOTAL LINE...: a basket of these lines must add up to that total.
check() {
    name=$1
    expected=$2
    shift 2
    # shellcheck disable=SC2086 # options are several words
    actual=$(printf '%s\n' "$@" | ./basket.sh $options 2>/dev/null)
    case $actual in '' | *[!0-9.]*) actual='no total' ;; esac
    ran=$((ran + 1))
    cases="$cases  <testcase classname=\"basket\" name=\"$name\" file=\"basket.sh\">"
    if [ "$actual" = "$expected" ]; then
        printf 'ok      %s\n' "$name"
    else
        failed=$((failed + 1))
        cases="$cases<failure message=\"expected $expected but was $actual\"/>"
        printf 'FAILED  %s: expected %s but was %s\n' "$name" "$expected" "$actual"
    fi
    cases="$cases</testcase>
"
}

. ./checks.sh

{
    printf '<?xml version="1.0" encoding="UTF-8"?>\n'
    printf '<testsuite name="basket" tests="%d" failures="%d">\n' "$ran" "$failed"
    printf '%s</testsuite>\n' "$cases"
} > reports/junit.xml
printf '%d of %d failed\n' "$failed" "$ran"
[ "$failed" -eq 0 ]
