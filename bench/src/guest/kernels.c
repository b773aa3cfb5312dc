/* Five integer kernels for the engine alone: no system calls, no vector registers. The table of their entry points is at 0x600000.
 * Built by build.sh beside this file; the result is src/main/resources/dev/gostub/bench/kernels.elf. */
typedef unsigned long u64;
typedef unsigned int u32;
typedef unsigned char u8;

/* Calls and returns. */
static long fib(long n) {
    if (n < 2) return n;
    return fib(n - 1) + fib(n - 2);
}

/* Byte loads and stores with a stride. */
static long sieve(u8 *composite, long n) {
    long primes = 0;
    for (long i = 2; i <= n; i++) {
        if (composite[i]) continue;
        primes++;
        for (long j = i * 2; j <= n; j += i) composite[j] = 1;
    }
    return primes;
}

/* Data-dependent branches. */
static void quicksort(u32 *v, long low, long high) {
    while (low < high) {
        u32 pivot = v[(low + high) >> 1];
        long i = low, j = high;
        while (i <= j) {
            while (v[i] < pivot) i++;
            while (v[j] > pivot) j--;
            if (i <= j) {
                u32 t = v[i];
                v[i++] = v[j];
                v[j--] = t;
            }
        }
        if (j - low < high - i) {
            if (low < j) quicksort(v, low, j);
            low = i;
        } else {
            if (i < high) quicksort(v, i, high);
            high = j;
        }
    }
}

static long sort(u32 *v, long n) {
    u32 x = 1;
    for (long i = 0; i < n; i++) {
        x = x * 1664525 + 1013904223;
        v[i] = x >> 8;
    }
    quicksort(v, 0, n - 1);
    return v[n / 2];
}

/* Multiply, rotate, byte stores. */
static long hash(u8 *bytes, long rounds) {
    u64 h = 1469598103934665603UL;
    for (long r = 0; r < rounds; r++) {
        for (int i = 0; i < 4096; i++) {
            h = (h ^ bytes[i]) * 1099511628211UL;
            h = h << 13 | h >> 51;
            bytes[i] = (u8)h;
        }
    }
    return (long)h;
}

/* Dependent loads. */
static long chase(u64 *next, long steps) {
    for (long i = 0; i < 4096; i++) next[i] = (i * 2049 + 1) & 4095;
    u64 p = 0;
    long sum = 0;
    for (long i = 0; i < steps; i++) {
        p = next[p];
        if (p & 1) sum += p;
        else sum -= 3;
    }
    return sum;
}

__attribute__((section(".table"), used)) static void *const table[] = {fib, sieve, sort, hash, chase};
__asm__(".globl _start\n_start: hlt\n");
