#define _GNU_SOURCE
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <ucontext.h>
static unsigned long rips[200], fl[200]; static int codes[200], nos[200]; static void *addrs[200]; static volatile int n;
static void h(int s,siginfo_t*i,void*c){ ucontext_t*u=c; if(n<200){rips[n]=u->uc_mcontext.gregs[REG_RIP]; fl[n]=u->uc_mcontext.gregs[REG_EFL]; codes[n]=i->si_code; nos[n]=u->uc_mcontext.gregs[REG_TRAPNO]*100+s; addrs[n]=i->si_addr;} n++; if(s==SIGBUS){u->uc_mcontext.gregs[REG_EFL]&=~0x40000;} }
#define ON "lea -128(%%rsp),%%rsp; pushfq; orq $0x100,(%%rsp); popfq;"
#define OFF "pushfq; andq $~0x100,(%%rsp); popfq; lea 128(%%rsp),%%rsp;"
static void show(const char *w, unsigned long base){ printf("%s: %d traps\n",w,n); for(int i=0;i<n&&i<40;i++) printf("  +%lx flags %lx code %d no %d addr %s\n",rips[i]-base,fl[i]&0x40100,codes[i],nos[i], (unsigned long)addrs[i]==rips[i]?"rip":addrs[i]?"other":"0"); n=0; }
char a[64] __attribute__((aligned(64))), b[64] __attribute__((aligned(64)));
int main(){ struct sigaction s={.sa_sigaction=h,.sa_flags=SA_SIGINFO}; sigaction(SIGTRAP,&s,0); sigaction(SIGBUS,&s,0); unsigned long base;
 asm volatile("lea 0f(%%rip),%0; 0:" ON "nop; nop;" OFF:"=&r"(base)::"memory","cc"); show("plain",base);
 asm volatile("lea 0f(%%rip),%%r15; 0: mov $39,%%eax;" ON "syscall; nop; nop;" OFF "mov %%r15,%0":"=r"(base)::"memory","cc","rax","rcx","r11","r15"); show("syscall",base);
 asm volatile("lea 0f(%%rip),%%r15; 0:" ON "mov %%ss,%%eax; mov %%eax,%%ss; nop; nop;" OFF "mov %%r15,%0":"=r"(base)::"memory","cc","rax","r15"); show("mov ss",base);
 asm volatile("lea 0f(%%rip),%%r15; 0: lea a(%%rip),%%rsi; lea b(%%rip),%%rdi; mov $3,%%ecx;" ON "rep movsb; nop;" OFF "mov %%r15,%0":"=r"(base)::"memory","cc","rcx","rsi","rdi","r15"); show("rep movsb",base);
 asm volatile("lea 0f(%%rip),%%r15; 0: lea a(%%rip),%%rsi; lea b(%%rip),%%rdi; mov $0,%%ecx;" ON "rep movsb; nop;" OFF "mov %%r15,%0":"=r"(base)::"memory","cc","rcx","rsi","rdi","r15"); show("rep movsb of none",base);
 a[1]=1; asm volatile("lea 0f(%%rip),%%r15; 0: lea a(%%rip),%%rsi; lea b(%%rip),%%rdi; mov $5,%%ecx;" ON "repe cmpsb; nop;" OFF "mov %%r15,%0":"=r"(base)::"memory","cc","rcx","rsi","rdi","r15"); show("repe cmpsb",base);
 asm volatile("lea 0f(%%rip),%%r15; 0: " ON "int3; nop;" OFF "mov %%r15,%0":"=r"(base)::"memory","cc","r15"); show("int3",base);
 asm volatile("lea 0f(%%rip),%%r15; 0: lea -128(%%rsp),%%rsp; mov %%rsp,%%rax; mov %%ss,%%ecx; push %%rcx; push %%rax; pushfq; orq $0x100,(%%rsp); mov %%cs,%%ecx; push %%rcx; lea 1f(%%rip),%%rcx; push %%rcx; iretq; 1: nop; nop;" OFF "mov %%r15,%0":"=r"(base)::"memory","cc","rax","rcx","r15"); show("iret",base);
 asm volatile("lea 0f(%%rip),%%r15; 0: lea a(%%rip),%%rsi; lea -128(%%rsp),%%rsp; pushfq; orq $0x40000,(%%rsp); popfq; mov (%%rsi),%%eax; mov 1(%%rsi),%%al; mov 1(%%rsi),%%eax; nop; lea 128(%%rsp),%%rsp; mov %%r15,%0":"=r"(base)::"memory","cc","rax","rsi","r15"); show("ac load",base);
 asm volatile("lea 0f(%%rip),%%r15; 0: lea a(%%rip),%%rsi; lea -128(%%rsp),%%rsp; pushfq; orq $0x40000,(%%rsp); popfq; mov %%ax,2(%%rsi); movq 4(%%rsi),%%xmm0; pushfq; andq $~0x40000,(%%rsp); popfq; lea 128(%%rsp),%%rsp; mov %%r15,%0":"=r"(base)::"memory","cc","rax","rsi","r15","xmm0"); show("ac movq",base);
 asm volatile("lea 0f(%%rip),%%r15; 0: lea a(%%rip),%%rsi; lea -128(%%rsp),%%rsp; pushfq; orq $0x40000,(%%rsp); popfq; movdqu 8(%%rsi),%%xmm0; pushfq; andq $~0x40000,(%%rsp); popfq; lea 128(%%rsp),%%rsp; mov %%r15,%0":"=r"(base)::"memory","cc","rax","rsi","r15","xmm0"); show("ac movdqu 8",base);
 asm volatile("lea 0f(%%rip),%%r15; 0: lea a(%%rip),%%rsi; lea -128(%%rsp),%%rsp; pushfq; orq $0x40000,(%%rsp); popfq; movdqu 4(%%rsi),%%xmm0; pushfq; andq $~0x40000,(%%rsp); popfq; lea 128(%%rsp),%%rsp; mov %%r15,%0":"=r"(base)::"memory","cc","rax","rsi","r15","xmm0"); show("ac movdqu 4",base);
 asm volatile("lea 0f(%%rip),%%r15; 0: lea a(%%rip),%%rsi; lea b(%%rip),%%rdi; add $1,%%rdi; mov $3,%%ecx; lea -128(%%rsp),%%rsp; pushfq; orq $0x40000,(%%rsp); popfq; rep movsl; pushfq; andq $~0x40000,(%%rsp); popfq; lea 128(%%rsp),%%rsp; mov %%r15,%0":"=r"(base)::"memory","cc","rcx","rsi","rdi","r15"); show("ac movs",base);
 return 0; }
