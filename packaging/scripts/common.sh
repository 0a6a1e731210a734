# Shared by ./run and ./test: says what it does, how long it took, and installs what is missing.
# Sourced, not executed.

say() { printf '\033[1m==>\033[0m %s\n' "$*"; }

# step "what" command...: runs the command quietly with its output in a log, and prints the time it took.
step() {
    local what=$1 start=$SECONDS log
    shift
    mkdir -p "$root/build/logs"
    log="$root/build/logs/$(printf '%s' "$what" | tr -cs 'A-Za-z0-9' '-' | cut -c1-60).log"
    say "$what"
    if ! "$@" >"$log" 2>&1; then
        printf 'FAILED after %ss: %s\nThe last lines of %s:\n' "$((SECONDS - start))" "$what" "$log"
        tail -n 40 "$log"
        return 1
    fi
    printf '    done in %ss\n' "$((SECONDS - start))"
}

# install_packages FILE...: Debian packages named in the files, one a line; only the missing ones are installed.
install_packages() {
    local missing=() name
    while read -r name; do
        [ -n "$name" ] || continue
        dpkg-query -W -f='${Status}' "$name" 2>/dev/null | grep -q 'install ok installed' || missing+=("$name")
    done < <(cat "$@" | sed 's/#.*//' | tr -d ' ')
    if [ ${#missing[@]} -eq 0 ]; then
        say "All Debian packages are installed"
        return
    fi
    local sudo=()
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null || {
            echo "These packages are missing and only root can install them: ${missing[*]}"
            echo "Run as root: apt-get install ${missing[*]}"
            return 1
        }
        sudo=(sudo)
    fi
    step "Updating the package lists" "${sudo[@]}" apt-get update
    step "Installing ${#missing[@]} Debian packages: ${missing[*]}" \
        "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${missing[@]}"
}
