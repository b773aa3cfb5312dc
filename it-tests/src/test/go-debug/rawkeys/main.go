// rawkeys: puts the terminal into raw mode and shows the keys that are typed, up to a q.
package main

import (
	"fmt"
	"os"
	"syscall"
	"unsafe"
)

func ioctl(request uintptr, modes *syscall.Termios) {
	if _, _, err := syscall.Syscall(syscall.SYS_IOCTL, 0, request, uintptr(unsafe.Pointer(modes))); err != 0 {
		fmt.Println(err)
		os.Exit(1)
	}
}

func main() {
	var modes syscall.Termios
	ioctl(syscall.TCGETS, &modes)
	raw := modes
	raw.Iflag &^= syscall.ICRNL | syscall.IXON
	raw.Lflag &^= syscall.ECHO | syscall.ICANON | syscall.ISIG
	raw.Cc[syscall.VMIN] = 1
	raw.Cc[syscall.VTIME] = 0
	ioctl(syscall.TCSETS, &raw)
	fmt.Println("raw")
	key := make([]byte, 1)
	for key[0] != 'q' {
		if n, err := os.Stdin.Read(key); n != 1 || err != nil {
			break
		}
		fmt.Println("key", key[0])
	}
	ioctl(syscall.TCSETS, &modes)
}
