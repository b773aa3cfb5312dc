// RFLAGS.TF and AC: the trap behind each instruction, and what is not aligned.
#define _GNU_SOURCE
#include <signal.h>
#include <stdio.h>
#include <ucontext.h>

enum { MOST = 40, TF = 0x100, AC = 0x40000 };

static struct {
    unsigned long rip, flags;
    int signal, code, trap;
    const char *address;
} seen[MOST];
static volatile int count;
char from[64] __attribute__((aligned(64))), to[64] __attribute__((aligned(64)));

static void handler(int signal, siginfo_t *information, void *context) {
    greg_t *registers = ((ucontext_t *)context)->uc_mcontext.gregs;
    unsigned long address = (unsigned long)information->si_addr;
    if (count < MOST) {
        seen[count].rip = registers[REG_RIP];
        seen[count].flags = registers[REG_EFL] & (TF | AC);
        seen[count].signal = signal;
        seen[count].code = information->si_code;
        seen[count].trap = registers[REG_TRAPNO];
        seen[count].address = address == seen[count].rip ? "rip" : address ? "another" : "none";
    }
    count++;
    if (signal == SIGBUS) registers[REG_EFL] &= ~(long)AC; // else it is met again
}

static void show(const char *what, unsigned long base) {
    printf("%s: %d\n", what, count);
    for (int i = 0; i < count && i < MOST; i++)
        printf("  +%lx flags %lx signal %d code %d trap %d address %s\n", seen[i].rip - base, seen[i].flags, seen[i].signal,
               seen[i].code, seen[i].trap, seen[i].address);
    count = 0;
}

#define SET(bits) "lea -128(%%rsp), %%rsp; pushfq; orq $" #bits ", (%%rsp); popfq;"
#define CLEAR(bits) "pushfq; andq $~" #bits ", (%%rsp); popfq; lea 128(%%rsp), %%rsp;"
#define TRY(what, before, code, bits)                                                                  \
    do {                                                                                               \
        unsigned long base;                                                                            \
        asm volatile("lea 0f(%%rip), %%r15; lea from(%%rip), %%rsi; lea to(%%rip), %%rdi; 0:" before   \
                     SET(bits) code CLEAR(bits) "mov %%r15, %0"                                        \
                     : "=r"(base) : : "memory", "cc", "rax", "rcx", "rdx", "rsi", "rdi", "r11", "r15", "xmm0"); \
        show(what, base);                                                                              \
    } while (0)

int main(void) {
    struct sigaction action = {.sa_sigaction = handler, .sa_flags = SA_SIGINFO};
    sigaction(SIGTRAP, &action, NULL);
    sigaction(SIGBUS, &action, NULL);
    TRY("plain", "", "nop; nop;", 0x100);
    TRY("a branch", "", "jmp 1f; nop; 1: test %%eax, %%eax; jno 2f; nop; 2: nop;", 0x100);
    TRY("a system call", "mov $39, %%eax;", "syscall; nop; nop;", 0x100);
    TRY("a load of SS", "", "mov %%ss, %%eax; mov %%eax, %%ss; nop; nop;", 0x100);
    TRY("three elements", "mov $3, %%ecx;", "rep movsb; nop;", 0x100);
    TRY("no element", "mov $0, %%ecx;", "rep movsb; nop;", 0x100);
    from[1] = 1;
    to[1] = 0;
    TRY("a comparison", "mov $5, %%ecx;", "repe cmpsb; nop;", 0x100);
    TRY("a search", "mov $5, %%ecx; mov $1, %%eax; mov %%rsi, %%rdi;", "repne scasb; nop;", 0x100);
    TRY("a breakpoint", "", "int3; nop;", 0x100);
    TRY("aligned", "", "mov (%%rsi), %%rax; mov %%ax, 2(%%rsi); mov 1(%%rsi), %%al; movq 8(%%rsi), %%xmm0; push %%rax; pop %%rax;", 0x40000);
    TRY("a load", "", "mov 1(%%rsi), %%eax;", 0x40000);
    TRY("a store", "", "mov %%ax, 3(%%rsi);", 0x40000);
    TRY("a vector's half", "", "movq 4(%%rsi), %%xmm0;", 0x40000);
    TRY("a copy", "mov $3, %%ecx; add $1, %%rdi;", "rep movsl;", 0x40000);
    TRY("both", "", "nop; mov 1(%%rsi), %%eax; nop;", 0x40100);
    return 0;
}
