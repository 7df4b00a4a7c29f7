#!/usr/bin/env bash
# Puts the pawl program of a release on the runner's PATH. Its checksum is checked before anything of it runs or is kept.
#
# Reads PAWL_VERSION, PAWL_ATTESTATION (auto, required, off), GH_TOKEN, RUNNER_OS, RUNNER_ARCH, RUNNER_TEMP, GITHUB_SERVER_URL;
# PAWL_RELEASES_URL, where releases are, for a mirror or a test. Writes the files of GITHUB_PATH and GITHUB_OUTPUT.
set -euo pipefail

home=pawl-dev/pawl
version=${PAWL_VERSION:-}
attestation=${PAWL_ATTESTATION:-auto}
server=${GITHUB_SERVER_URL:-https://github.com}
releases=${PAWL_RELEASES_URL:-$server/$home/releases/download}

fail() {
    printf '::error title=Pawl::%s\n' "$*"
    exit 1
}

# %q keeps whatever was given on one line, so that it can't be taken for a workflow command.
number='(0|[1-9][0-9]*)'
shape="^v?$number\\.$number\\.$number(-[0-9A-Za-z]+(\\.[0-9A-Za-z]+)*)?\$"
if [ -z "$version" ]; then
    fail "The input version is empty. It is a release's version, such as 0.1.0."
fi
if [ "${#version}" -gt 64 ] || ! [[ $version =~ $shape ]]; then
    fail "The input version is a release's version, such as 0.1.0, and not $(printf '%q' "${version:0:64}")."
fi
version=${version#v}

case $attestation in
    auto | required | off) ;;
    *) fail "The input attestation is auto, required or off, and not $(printf '%q' "${attestation:0:64}")." ;;
esac

os=${RUNNER_OS:-$(uname -s)}
arch=${RUNNER_ARCH:-$(uname -m)}
if [ "$os" != Linux ]; then
    fail "There is no pawl for $(printf '%q' "$os"), only for Linux."
fi
case $arch in
    X64 | x86_64 | amd64) arch=amd64 ;;
    ARM64 | aarch64 | arm64) arch=arm64 ;;
    *) fail "There is no pawl for the architecture $(printf '%q' "$arch"), only for X64 and ARM64." ;;
esac

# Plain http only to this machine itself: that is a test.
case $releases in
    http://127.0.0.1:*) scheme='=http' ;;
    *) scheme='=https' ;;
esac

temp=${RUNNER_TEMP:-${TMPDIR:-/tmp}}
mkdir -p "$temp"
work=$(mktemp -d "$temp/pawl-setup.XXXXXX")
trap 'rm -rf "$work"' EXIT

download() {
    curl --silent --show-error --fail --location --proto "$scheme" --proto-redir "$scheme" --connect-timeout 15 --max-time 300 \
        --retry 3 --retry-delay 1 --max-filesize 200000000 --output "$work/$1" -- "$releases/v$version/$1" 2>"$work/curl.log" ||
        fail "$1 of release $version can't be downloaded: $(tail -n 1 "$work/curl.log" | tr -d '\r')"
}

name=pawl-linux-$arch
download SHA256SUMS
download "$name"

expected=$(awk -v name="$name" '$2 == name || $2 == "*" name { print $1 }' "$work/SHA256SUMS")
if ! [[ $expected =~ ^[0-9a-f]{64}$ ]]; then
    fail "SHA256SUMS of release $version doesn't have one checksum of $name."
fi
actual=$(sha256sum "$work/$name" | cut -d ' ' -f 1)
if [ "$actual" != "$expected" ]; then
    fail "$name of release $version isn't what was released: its SHA-256 is $actual, and should be $expected."
fi

# Who built it: GitHub's own record that it came from this project's release workflow.
unable=
if [ "$server" != https://github.com ]; then
    unable="attestations are on github.com"
elif [ -z "${GH_TOKEN:-}" ]; then
    unable="there is no token"
elif ! command -v gh >/dev/null 2>&1 || ! gh attestation verify --help >/dev/null 2>&1; then
    unable="there is no GitHub CLI that can"
fi
if [ "$attestation" = required ] && [ -n "$unable" ]; then
    fail "The attestation of $name can't be checked: $unable."
fi
if [ "$attestation" = off ] || [ -n "$unable" ]; then
    checked="checksum"
else
    gh attestation verify "$work/$name" --repo "$home" --signer-workflow "$home/.github/workflows/release.yml" >"$work/gh.log" 2>&1 ||
        fail "$name of release $version has no attestation by $home: $(tail -n 1 "$work/gh.log" | tr -d '\r')"
    checked="checksum and attestation"
fi

chmod 755 "$work/$name"
"$work/$name" --version >"$work/version.log" 2>&1 ||
    fail "$name doesn't start on this runner: $(tail -n 1 "$work/version.log" | tr -d '\r')"

bin=$temp/pawl/bin
mkdir -p "$bin"
mv -f "$work/$name" "$bin/pawl"
if [ -n "${GITHUB_PATH:-}" ]; then
    printf '%s\n' "$bin" >>"$GITHUB_PATH"
fi
if [ -n "${GITHUB_OUTPUT:-}" ]; then
    printf 'version=%s\npath=%s\n' "$version" "$bin/pawl" >>"$GITHUB_OUTPUT"
fi
printf 'pawl %s is at %s (%s checked).\n' "$version" "$bin/pawl" "$checked"
