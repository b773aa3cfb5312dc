// signals: signal.Notify and self-kill; dies of the signal that it is given as argument.
package main

import (
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"time"
)

func kill(s syscall.Signal) {
	if err := syscall.Kill(syscall.Getpid(), s); err != nil {
		fmt.Println("kill:", err)
	}
}

func main() {
	if len(os.Args) > 1 {
		fmt.Println("dying of", os.Args[1])
		switch os.Args[1] {
		case "TERM":
			kill(syscall.SIGTERM)
		case "KILL":
			kill(syscall.SIGKILL)
		case "INT":
			kill(syscall.SIGINT)
		case "HUP":
			kill(syscall.SIGHUP)
		case "USR2":
			kill(syscall.SIGUSR2)
		case "PIPE":
			r, w, _ := os.Pipe()
			r.Close()
			syscall.Dup2(int(w.Fd()), 1)
			fmt.Println("into a broken pipe")
		}
		time.Sleep(300 * time.Millisecond)
		fmt.Println("survived")
		return
	}
	c := make(chan os.Signal, 4)
	signal.Notify(c, syscall.SIGUSR1, syscall.SIGTERM)
	for i := 0; i < 3; i++ {
		kill(syscall.SIGUSR1)
		fmt.Println("got", <-c)
	}
	p, _ := os.FindProcess(os.Getpid())
	fmt.Println(p.Signal(syscall.SIGTERM))
	fmt.Println("got", <-c)
	fmt.Println(p.Signal(syscall.Signal(0)))
	signal.Ignore(syscall.SIGHUP)
	kill(syscall.SIGHUP)
	fmt.Println(signal.Ignored(syscall.SIGHUP))
	signal.Stop(c)
	kill(syscall.SIGWINCH)
	signal.Reset(syscall.SIGUSR1)
	select {
	case s := <-c:
		fmt.Println("unexpected", s)
	case <-time.After(5 * time.Millisecond):
		fmt.Println("quiet")
	}
	all := make(chan os.Signal, 10)
	signal.Notify(all)
	kill(syscall.SIGUSR2)
	for s := range all {
		if s != syscall.SIGURG {
			fmt.Println("all:", s)
			break
		}
	}
}
