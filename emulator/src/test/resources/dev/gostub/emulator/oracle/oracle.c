/*
 * Executes instructions on the real processor for the differential tests (NativeProcessor.java has the other side of
 * the protocol). Reads requests from standard input, writes one answer each to standard output, until end of file.
 *
 * The trick: everything happens inside a signal handler. It writes the next request's registers into the signal frame
 * and returns; the kernel loads them all and resumes at the instruction; the INT3 behind it (or whatever the
 * instruction raises) enters the handler again, with the registers after the instruction in the frame.
 */
#define _GNU_SOURCE
#include <asm/prctl.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <ucontext.h>
#include <unistd.h>

#define CODE 0x10000000UL /* 64 KiB of INT3; the instruction is put into the middle */
#define CODE_SIZE 0x10000UL
#define START (CODE + CODE_SIZE / 2)
#define DATA 0x20000000UL /* two pages between unmapped ones */
#define DATA_SIZE 0x2000UL
#define WINDOW 1024 /* bytes around the boundary of the two pages that travel */
#define WINDOW_START (DATA + DATA_SIZE / 2 - WINDOW / 2)
#define XSAVE 832 /* legacy area, header, upper halves of YMM0 to YMM15 */

struct request {
    uint8_t code[64];
    uint64_t code_length, protection, fs_base, gs_base, gpr[16], rflags; /* protection: PROT_* of the two pages, one byte each */
    uint8_t xsave[XSAVE], window[WINDOW];
};

struct answer {
    uint64_t signal, trap, error, address, rip, gpr[16], rflags, fs_base, gs_base;
    uint16_t selectors[8]; /* ES, CS, SS, DS, FS, GS */
    uint8_t xsave[XSAVE], window[WINDOW];
};

static const int order[16] = {REG_RAX, REG_RCX, REG_RDX, REG_RBX, REG_RSP, REG_RBP, REG_RSI, REG_RDI,
                              REG_R8,  REG_R9,  REG_R10, REG_R11, REG_R12, REG_R13, REG_R14, REG_R15};

static struct request request;
static struct answer answer;
static int running;
static greg_t selectors; /* CS, SS: a far branch may have left 64-bit mode */
static uint64_t own_fs;  /* the base that libc needs; signals do not change it */
static uint8_t *code; /* the code once more, writable: instructions cannot write it */

static void all(int out, void *buffer, size_t length) {
    uint8_t *at = buffer;
    while (length > 0) {
        ssize_t n = out ? write(1, at, length) : read(0, at, length);
        if (n <= 0) _exit(0);
        at += n;
        length -= n;
    }
}

static void get_xsave(const uint8_t *frame) {
    uint64_t present;
    memcpy(&present, frame + 512, 8);
    memset(answer.xsave, 0, XSAVE);
    memcpy(answer.xsave, frame, 464);
    if (!(present & 1)) {
        memset(answer.xsave, 0, 24);
        memset(answer.xsave + 32, 0, 128);
        answer.xsave[0] = 0x7f;
        answer.xsave[1] = 0x03;
    }
    if (!(present & 2)) memset(answer.xsave + 160, 0, 256);
    if (present & 4) memcpy(answer.xsave + 576, frame + 576, 256);
}

static void put_xsave(uint8_t *frame) {
    uint64_t present;
    memcpy(&present, frame + 512, 8);
    present |= 7;
    memcpy(frame + 512, &present, 8);
    memcpy(frame, request.xsave, 28); /* not MXCSR_MASK */
    memcpy(frame + 32, request.xsave + 32, 384);
    memcpy(frame + 576, request.xsave + 576, 256);
}

/* Without libc, whose thread-local variables are not there. */
static void arch_prctl(long code, uint64_t argument) {
    long result = SYS_arch_prctl;
    __asm__ volatile("syscall" : "+a"(result) : "D"(code), "S"(argument) : "rcx", "r11", "memory");
}

static void get_selectors(greg_t csgsfs) {
    uint16_t *s = answer.selectors;
    __asm__ volatile("mov %%es,%0; mov %%ds,%1" : "=r"(s[0]), "=r"(s[3]));
    __asm__ volatile("mov %%gs,%0" : "=r"(s[5]));
    s[1] = csgsfs;
    s[2] = csgsfs >> 48;
    __asm__ volatile("mov %0,%%es; mov %0,%%ds" : : "r"(0));
}

static void exchange(int signal, siginfo_t *info, void *context) {
    ucontext_t *frame = context;
    greg_t *g = frame->uc_mcontext.gregs;
    setitimer(ITIMER_VIRTUAL, &(struct itimerval){{0, 0}, {0, 0}}, 0);
    if (running) {
        answer.signal = signal;
        answer.trap = g[REG_TRAPNO];
        answer.error = g[REG_ERR];
        answer.address = (uint64_t)info->si_addr;
        answer.rip = g[REG_RIP];
        for (int i = 0; i < 16; i++) answer.gpr[i] = g[order[i]];
        answer.rflags = g[REG_EFL];
        syscall(SYS_arch_prctl, ARCH_GET_GS, &answer.gs_base);
        get_selectors(g[REG_CSGSFS]);
        get_xsave((uint8_t *)frame->uc_mcontext.fpregs);
        if (request.protection != 0x0303) mprotect((void *)DATA, DATA_SIZE, PROT_READ | PROT_WRITE);
        memcpy(answer.window, (void *)WINDOW_START, WINDOW);
        all(1, &answer, sizeof answer);
    }
    if (!running) selectors = g[REG_CSGSFS];
    g[REG_CSGSFS] = selectors;
    running = 1;
    all(0, &request, sizeof request);
    memset(code + CODE_SIZE / 2, 0xcc, 128);
    memcpy(code + CODE_SIZE / 2, request.code, request.code_length);
    memset((void *)DATA, 0, DATA_SIZE);
    memcpy((void *)WINDOW_START, request.window, WINDOW);
    if (request.protection != 0x0303) {
        mprotect((void *)DATA, DATA_SIZE / 2, request.protection & 0xff);
        mprotect((void *)(DATA + DATA_SIZE / 2), DATA_SIZE / 2, request.protection >> 8);
    }
    syscall(SYS_arch_prctl, ARCH_SET_GS, request.gs_base);
    for (int i = 0; i < 16; i++) g[order[i]] = request.gpr[i];
    g[REG_EFL] = request.rflags;
    g[REG_RIP] = START;
    put_xsave((uint8_t *)frame->uc_mcontext.fpregs);
    /* An instruction that jumps to itself; processor time, so that a busy machine does not matter. */
    setitimer(ITIMER_VIRTUAL, &(struct itimerval){{0, 0}, {0, 300000}}, 0);
}

static void handle(int signal, siginfo_t *info, void *context) {
    if (running) {
        arch_prctl(ARCH_GET_FS, (uint64_t)&answer.fs_base);
        uint16_t fs;
        __asm__ volatile("mov %%fs,%0" : "=r"(fs));
        answer.selectors[4] = fs;
        arch_prctl(ARCH_SET_FS, own_fs); /* also clears the selector */
    }
    exchange(signal, info, context);
    arch_prctl(ARCH_SET_FS, request.fs_base);
}

int main(void) {
    int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE;
    int file = memfd_create("code", 0);
    if (file < 0 || ftruncate(file, CODE_SIZE) != 0) return 2;
    code = mmap(0, CODE_SIZE, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    if (code == MAP_FAILED) return 2;
    void *runs = mmap((void *)CODE, CODE_SIZE, PROT_READ | PROT_EXEC, MAP_SHARED | MAP_FIXED_NOREPLACE, file, 0);
    if (runs != (void *)CODE) return 2;
    if (mmap((void *)DATA, DATA_SIZE, PROT_READ | PROT_WRITE, flags, -1, 0) != (void *)DATA) return 2;
    memset(code, 0xcc, CODE_SIZE);
    static uint8_t stack[1 << 18] __attribute__((aligned(64)));
    stack_t other = {.ss_sp = stack, .ss_size = sizeof stack};
    sigaltstack(&other, 0);
    struct sigaction action = {.sa_sigaction = handle, .sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER};
    int signals[] = {SIGTRAP, SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGVTALRM};
    for (unsigned i = 0; i < sizeof signals / sizeof *signals; i++) sigaction(signals[i], &action, 0);
    arch_prctl(ARCH_GET_FS, (uint64_t)&own_fs);
    __asm__ volatile("int3");
    return 3;
}
