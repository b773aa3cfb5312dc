/*
 * A position-independent executable without interpreter or library: prints where it lies and what it was given.
 *
 *   gcc -O1 -static-pie -fPIE -nostdlib -o pie pie.c
 */
static long call(long n, long a, long b, long c) {
    long r;
    __asm__ volatile("syscall" : "=a"(r) : "a"(n), "D"(a), "S"(b), "d"(c) : "rcx", "r11", "memory");
    return r;
}

static void print(const char *s) {
    long n = 0;
    while (s[n]) n++;
    call(1, 1, (long)s, n);
}

static void number(unsigned long n) {
    char text[20];
    char *at = text + 19;
    *at = 0;
    do {
        *--at = "0123456789abcdef"[n & 15];
        n >>= 4;
    } while (n);
    print(at);
    print("\n");
}

__attribute__((used)) static void begin(long *stack) {
    char **argv = (char **)(stack + 1);
    char **env = argv + stack[0] + 1;
    for (long i = 1; i < stack[0]; i++) {
        print(argv[i]);
        print("\n");
    }
    while (*env) {
        print(*env++);
        print("\n");
    }
    unsigned long base = 0, entry = 0;
    for (unsigned long *aux = (unsigned long *)(env + 1); *aux; aux += 2) {
        if (*aux == 3) base = aux[1] & ~4095ul; /* AT_PHDR lies in the first page */
        if (*aux == 9) entry = aux[1];
    }
    print("lies at ");
    number(base);
    extern char _start[];
    print(entry == (unsigned long)_start ? "entry is right\n" : "entry is wrong\n");
    print((unsigned long)stack % 16 == 0 ? "stack is aligned\n" : "stack is not aligned\n");
    call(231, 7, 0, 0);
}

__asm__(".globl _start\n_start:\n mov %rsp, %rdi\n and $-16, %rsp\n call begin\n");
