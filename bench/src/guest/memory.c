// 32 MiB that a debugger is to read: `memory zeros` or `memory random`. It is all there when ready() is called.
//
//   gcc -O1 -g -static -o memory memory.c
#include <string.h>

#define SIZE (32 << 20)

static unsigned char area[SIZE];

__attribute__((noinline)) void ready(unsigned char *start, unsigned char *end)
{
    __asm__ volatile("" : : "r"(start), "r"(end) : "memory");
}

int main(int argc, char **argv)
{
    memset(area, 0, SIZE);
    if (argc > 1 && strcmp(argv[1], "random") == 0) {
        unsigned long long x = 88172645463325252ull;
        for (int i = 0; i < SIZE; i += 8) {
            x ^= x << 13, x ^= x >> 7, x ^= x << 17;
            memcpy(area + i, &x, 8);
        }
    }
    ready(area, area + SIZE);
    return 0;
}
