// pipes: os.Pipe and io.Pipe between goroutines, raw system calls.
package main

import (
	"bufio"
	"fmt"
	"io"
	"io/ioutil"
	"os"
	"sync"
	"syscall"
	"time"
)

func main() {
	r, w, err := os.Pipe()
	if err != nil {
		fmt.Println(err)
		return
	}
	go func() {
		for i := 0; i < 3000; i++ {
			fmt.Fprintf(w, "message %d\n", i)
		}
		w.Close()
	}()
	s := bufio.NewScanner(r)
	n, bytes := 0, 0
	for s.Scan() {
		n++
		bytes += len(s.Text())
	}
	fmt.Println(n, bytes, s.Err())
	r.Close()

	r, w, _ = os.Pipe()
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		big := make([]byte, 300000)
		k, err := w.Write(big)
		fmt.Println("wrote", k, err)
		w.Close()
	}()
	time.Sleep(2 * time.Millisecond)
	all, err := ioutil.ReadAll(r)
	wg.Wait()
	fmt.Println(len(all), err)

	r, w, _ = os.Pipe()
	fmt.Println(r.SetReadDeadline(time.Now().Add(5 * time.Millisecond)))
	_, err = r.Read(make([]byte, 1))
	fmt.Println(os.IsTimeout(err))
	r.Close()
	_, err = w.Write([]byte("x"))
	fmt.Println(err)

	pr, pw := io.Pipe()
	go func() { fmt.Fprint(pw, "through io.Pipe"); pw.CloseWithError(io.ErrUnexpectedEOF) }()
	b, err := ioutil.ReadAll(pr)
	fmt.Println(string(b), err)

	fmt.Println(syscall.Getpid() > 1, syscall.Getppid() >= 0, os.Getuid() == syscall.Getuid(), syscall.Getpagesize())
	var u syscall.Utsname
	fmt.Println(syscall.Uname(&u), u.Sysname[0] == 'L', u.Machine[0] == 'x')
	var tv syscall.Timeval
	var ru syscall.Rusage
	fmt.Println(syscall.Gettimeofday(&tv), tv.Sec > 1e9, syscall.Getrusage(syscall.RUSAGE_SELF, &ru))
	var rl syscall.Rlimit
	fmt.Println(syscall.Getrlimit(syscall.RLIMIT_NOFILE, &rl), rl.Cur > 10)
	_, _, errno := syscall.Syscall(9999, 0, 0, 0)
	fmt.Println(errno)
	_, err = syscall.Read(-1, make([]byte, 1))
	fmt.Println(err)
	fd, err := syscall.Dup(1)
	if err == nil {
		syscall.Write(fd, []byte("through a duplicate\n"))
		fmt.Println(syscall.Close(fd), syscall.Close(fd))
	}
}
