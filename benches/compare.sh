#!/usr/bin/env bash
# nhiemky beside Hugo and Zola on the same corpus, in one run: CPU seconds, wall seconds, memory, ratios.
#
# compare.sh [REPORTS] [--hugo BINARY] [--zola BINARY] [--runs N]
#
# Hugo and Zola are looked for in PATH where they are not named; without any of them nhiemky is measured alone. The corpus and
# the measurement live outside this repository, in ../shared/bench: where they are missing, this says so and ends well.

set -euo pipefail

root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd -P)
measure=$root/../shared/bench/compare.py
reports=1000
runs=3
declare -A peers=()

main() {
    options "$@"
    if [ ! -e "$measure" ] || ! command -v python3 >/dev/null; then
        echo "skipped: the measurement needs ../shared/bench/compare.py and Python 3"
        return
    fi
    (cd -- "$root" && cargo build --release --locked)
    local target=${CARGO_TARGET_DIR:-$root/target} work status=0 arguments name
    work=$(mktemp -d "$(in_memory)/nhiemky-compare.XXXXXX")
    arguments=("$reports" --runs "$runs" --work "$work" --nhiemky "$(cd -- "$root" && realpath -- "$target")/release/nhiemky")
    for name in hugo zola; do
        [ -z "${peers[$name]:-}" ] || arguments+=("--$name" "${peers[$name]}")
    done
    [ ${#peers[@]} -gt 0 ] || echo "neither Hugo nor Zola is in PATH: name one with --hugo or --zola"
    python3 "$measure" "${arguments[@]}" || status=$?
    rm -rf -- "$work"
    return "$status"
}

options() {
    local name
    for name in hugo zola; do
        if command -v "$name" >/dev/null; then peers[$name]=$(command -v "$name"); fi
    done
    while [ $# -gt 0 ]; do
        case $1 in
            --hugo | --zola) peers[${1#--}]=$(realpath -- "$2"); shift ;;
            --runs) runs=$2; shift ;;
            *[!0-9]* | '') echo "unknown: $1" >&2; exit 2 ;;
            *) reports=$1 ;;
        esac
        shift
    done
}

in_memory() {
    if [ -d /dev/shm ] && [ -w /dev/shm ]; then echo /dev/shm; else echo "${TMPDIR:-/tmp}"; fi
}

main "$@"
