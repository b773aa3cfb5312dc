// tcp: net over loopback inside the machine.
package main

import (
	"bufio"
	"fmt"
	"io/ioutil"
	"net"
	"sync"
	"time"
)

func serve(l net.Listener) {
	for {
		c, err := l.Accept()
		if err != nil {
			return
		}
		go func() {
			defer c.Close()
			r := bufio.NewReader(c)
			for {
				line, err := r.ReadString('\n')
				if err != nil {
					return
				}
				fmt.Fprintf(c, "echo %s", line)
			}
		}()
	}
}

func main() {
	for _, network := range []string{"tcp", "unix"} {
		address := "127.0.0.1:0"
		if network == "unix" {
			address = "@gostub-corpus"
		}
		l, err := net.Listen(network, address)
		if err != nil {
			fmt.Println(err)
			return
		}
		go serve(l)
		var wg sync.WaitGroup
		results := make([]string, 8)
		for i := range results {
			wg.Add(1)
			go func(i int) {
				defer wg.Done()
				c, err := net.Dial(network, l.Addr().String())
				if err != nil {
					results[i] = err.Error()
					return
				}
				defer c.Close()
				r := bufio.NewReader(c)
				for k := 0; k < 20; k++ {
					fmt.Fprintf(c, "client %d line %d\n", i, k)
					results[i], _ = r.ReadString('\n')
				}
			}(i)
		}
		wg.Wait()
		for _, r := range results {
			fmt.Print(r)
		}
		l.Close()
	}
	l, _ := net.Listen("tcp", "127.0.0.1:0")
	go func() {
		c, _ := l.Accept()
		c.Write(make([]byte, 500000))
		c.Close()
	}()
	c, err := net.Dial("tcp", l.Addr().String())
	if err != nil {
		fmt.Println(err)
		return
	}
	b, err := ioutil.ReadAll(c)
	fmt.Println(len(b), err)
	c.Close()
	c, _ = net.Dial("tcp", l.Addr().String())
	c.SetReadDeadline(time.Now().Add(5 * time.Millisecond))
	_, err = c.Read(b)
	fmt.Println(err.(net.Error).Timeout())
	l.Close()
	_, err = net.Dial("tcp", l.Addr().String())
	fmt.Println(err != nil)
	u, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		fmt.Println(err)
		return
	}
	u.WriteTo([]byte("datagram"), u.LocalAddr())
	n, from, err := u.ReadFrom(b)
	fmt.Println(string(b[:n]), from.String() == u.LocalAddr().String(), err)
}
