#!/bin/sh
# The tests use real browsers, ffmpeg, bubblewrap, Redis, PgBouncer and an S3 server. On Debian as root they are installed;
# elsewhere what is missing is named, and (unless CI=true) the tests that need it are left out with a notice.
set -u

missing=""
command -v chromium >/dev/null 2>&1 || missing="$missing chromium"
command -v firefox-esr >/dev/null 2>&1 || missing="$missing firefox-esr"
command -v Xvfb >/dev/null 2>&1 || missing="$missing xvfb"
command -v ffmpeg >/dev/null 2>&1 || missing="$missing ffmpeg"
command -v bwrap >/dev/null 2>&1 || missing="$missing bubblewrap"
command -v redis-server >/dev/null 2>&1 || missing="$missing redis-server"
command -v pgbouncer >/dev/null 2>&1 || missing="$missing pgbouncer"
command -v radosgw >/dev/null 2>&1 || missing="$missing ceph-mon ceph-osd radosgw ceph-common uuid-runtime"
[ -z "$missing" ] && exit 0

if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
  echo "Installing:$missing"
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq && apt-get install -y -qq --no-install-recommends $missing fonts-liberation >/dev/null && exit 0
  echo "Debian could not install:$missing" >&2
fi

echo "Missing for the whole suite:$missing. Install them to run all tests." >&2
[ "${CI:-}" = true ] && exit 1
exit 0
