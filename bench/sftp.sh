#!/bin/bash
# Ferry beside OpenSSH's sftp on this machine: one file of 1 GiB, and 10,000 files of 4 KiB in 20 folders, fetched over
# loopback by each in turn. Prints the median, lowest and highest seconds of each, from the start of the client to its exit.
#
#   bench/sftp.sh [RUNS]        5 runs by default
#
# Ferry runs without encryption, sftp with its defaults. Everything lies in a folder on /dev/shm (2.5 GiB) that is removed
# at the end; every fetched tree is compared with its source. Needs sshd, sftp, and the memory.
set -euo pipefail
runs=${1:-5}
home=$(dirname "$(dirname "$(readlink -f -- "$0")")")
work=$(mktemp -d /dev/shm/ferry-bench.XXXXXX)
pids=()

cleanup() {
  kill "${pids[@]}" 2>/dev/null || true
  wait 2>/dev/null || true
  rm -rf "$work"
}
trap cleanup EXIT

make_data() {
  mkdir -p "$work/served/many"
  head -c 1G /dev/urandom >"$work/served/large"
  for folder in $(seq 20); do
    mkdir "$work/served/many/$folder"
    head -c 2000K /dev/urandom | (cd "$work/served/many/$folder" && split -b 4K -a 3 -d - file-)
  done
}

start_ferryd() {
  "$home/bin/ferryd" serve --root "$work/served" --state "$work/state" --listen 127.0.0.1:0 \
    --plaintext --anonymous read >"$work/ferryd.out" 2>"$work/ferryd.err" &
  pids+=($!)
  until grep -q '^ferryd ready' "$work/ferryd.out" 2>/dev/null; do
    kill -0 "${pids[-1]}" || { cat "$work/ferryd.err" >&2; exit 1; }
  done
  ferry_port=$(sed -n 's/^ferryd ready on .*:\([0-9]*\) .*/\1/p' "$work/ferryd.out")
}

# On the first free port of a few: sshd cannot choose one itself.
start_sshd() {
  ssh-keygen -q -t ed25519 -N '' -f "$work/host"
  ssh-keygen -q -t ed25519 -N '' -f "$work/user"
  mkdir -p /run/sshd
  for sshd_port in $(shuf -i 20000-32000 -n 20); do
    /usr/sbin/sshd -D -f /dev/null -p "$sshd_port" -h "$work/host" -o ListenAddress=127.0.0.1 \
      -o AuthorizedKeysFile="$work/user.pub" -o StrictModes=no -o PidFile=none \
      -o Subsystem="sftp internal-sftp" -E "$work/sshd.log" &
    pids+=($!)
    until ssh-keyscan -p "$sshd_port" 127.0.0.1 2>/dev/null | grep -q ssh; do
      kill -0 "${pids[-1]}" 2>/dev/null || continue 2
    done
    return
  done
  echo 'no sshd could be started' >&2
  exit 1
}

fetch_ferry() { # name
  "$home/bin/ferry" get --plaintext -q -r "ferry://127.0.0.1:$ferry_port/$1" "$work/got"
}

fetch_sftp() { # name
  sftp -q -i "$work/user" -P "$sshd_port" -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null \
    -o LogLevel=ERROR -r "127.0.0.1:$work/served/$1" "$work/got" >/dev/null
}

measure() { # tool, name; appends seconds
  local begin end
  rm -rf "$work/got"
  begin=$(date +%s%N)
  "fetch_$1" "$2"
  end=$(date +%s%N)
  diff -r "$work/served/$2" "$work/got"
  echo "$(((end - begin) / 1000000))" >>"$work/$1-$2"
}

show() { # tool, name
  sort -n "$work/$1-$2" | awk -v tool="$1" -v name="$2" '{ ms[NR] = $1 }
    END { printf "%-6s %-6s %8.2f %8.2f %8.2f\n", name, tool, ms[int((NR + 1) / 2)] / 1000, ms[1] / 1000, ms[NR] / 1000 }'
}

make_data
"$home/bin/ferry" --version >/dev/null # builds if needed
start_ferryd
start_sshd
for _ in $(seq "$runs"); do
  for name in large many; do
    for tool in ferry sftp; do measure "$tool" "$name"; done
  done
done
printf '%-6s %-6s %8s %8s %8s\n' what tool median lowest highest
for name in large many; do
  for tool in ferry sftp; do show "$tool" "$name"; done
done
