#!/bin/sh
# Makes .venv with Dragoman and what its tests need, on a bare Debian machine too. Safe to run again.
set -eu

find_python() {
    for candidate in python3.13 python3.12 python3.11 python3; do
        if command -v "$candidate" >/dev/null && "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            echo "$candidate"
            return
        fi
    done
    echo "set_up: no Python found: expected 3.11 or newer; install it, on Debian with 'apt-get install python3 python3-venv'" >&2
    exit 1
}

python=$(find_python)
if [ ! -x .venv/bin/pip ]; then
    rm -rf .venv
    # Debian ships Python without the part of venv that installs pip.
    if ! "$python" -c 'import ensurepip' 2>/dev/null; then
        apt-get update -qq && apt-get install -y -qq python3-venv
    fi
    "$python" -m venv .venv
fi
.venv/bin/python -m pip install --quiet uv
.venv/bin/uv pip install --quiet --python .venv/bin/python --constraint constraints.txt --editable . --group dev

install_from_debian() { # package, what it is for
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$1"; } >/dev/null 2>&1 ||
            echo "set_up: $1 could not be installed; $2 are skipped" >&2
    else
        echo "set_up: $1 is not installed; $2 are skipped; on Debian: apt-get install $1" >&2
    fi
}

# The store's tests run on PostgreSQL too, in a cluster of their own; where it cannot be had they are skipped.
if ! ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 && ! command -v initdb >/dev/null; then
    install_from_debian postgresql "the store's tests on PostgreSQL"
fi
# The desk's tests walk it in a real browser.
if ! command -v chromium >/dev/null && ! command -v chromium-browser >/dev/null; then
    install_from_debian chromium "the desk's tests in a browser"
fi
