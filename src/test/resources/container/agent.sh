# The agent of the container's story. It lies in the repository and needs what the image has: sh, sed, setsid.
# It is a user of its own, and nothing of the runner's or of Pawl's can be reached.
[ "$(id -u) $(id -G)" = "10001 10001" ] || exit 21
grep -q '^CapEff:.0*$' /proc/self/status && grep -q '^CapBnd:.0*$' /proc/self/status && grep -q '^NoNewPrivs:.1$' /proc/self/status || exit 22
for secret in /github/workflow/event.json /github/workflow /github/file_commands/set_env /github/file_commands /github/home /github/workspace \
    /github/runner_temp /proc/1/environ /proc/1/mem /proc/1/fd; do
    if (: <"$secret") 2>/dev/null; then exit 23; fi
done
if [ -w /var/run/docker.sock ]; then exit 24; fi

answer() { printf '{"version":1,"status":"ok","summary":"done",%s,"usage":{"cost_usd":0.01}}' "$1" >"$PAWL_RESULT"; }

case $(tr ',' '\n' <"$PAWL_REQUEST" | sed -n 's/.*"stage":"\([a-z_]*\)".*/\1/p' | head -n 1) in
plan)
    if grep -q 'as slowly as you can' "$PAWL_REQUEST"; then
        setsid sleep 7531 &
        sleep 7531 &
        echo started >/pipes/started
        wait
    fi
    answer '"plan":{"approach":"Correct it.","tasks":[{"id":"T1","title":"Correct sum.txt","kind":"implement"}],"criteria":["It adds up."]}'
    ;;
implement)
    if grep -q '"kind":"validation"' "$PAWL_REQUEST"; then echo '2 + 2 = 4' >sum.txt; else echo '2 + 2 = 3' >sum.txt; fi
    cp 'Grüße.txt' '日本 Grüße.txt'
    answer '"commit":{"type":"fix","subject":"correct the sum"}'
    ;;
review)
    # A daemon that nobody waits for: its parents are gone when the agent ends.
    (setsid sleep 7532 &)
    answer '"findings":[]'
    ;;
open_pr) answer '"pull_request":{"title":"Correct the sum","body":"It was off by one.","risk":"low"}' ;;
esac
