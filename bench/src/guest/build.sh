#!/usr/bin/env bash
# Rebuilds kernels.elf. The committed one was made by gcc 12.2 (Debian 12); another compiler makes other, comparable code.
set -euo pipefail
cd "$(dirname "$0")"
gcc -O2 -mno-sse -fno-stack-protector -fcf-protection=none -fno-inline -fno-ipa-cp -fno-tree-loop-distribute-patterns \
    -static -nostdlib -no-pie -Wl,--build-id=none -Wl,--section-start=.table=0x600000 -s \
    -o ../main/resources/dev/gostub/bench/kernels.elf kernels.c
