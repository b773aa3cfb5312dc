// Command web is a small web server, and its client.
package main

import (
	"bufio"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"io"
	"io/ioutil"
	"math/big"
	"net"
	"net/http"
	"os"
	"time"
)

var served int

func greet(w http.ResponseWriter, r *http.Request) {
	name := r.URL.Query().Get("name")
	served++
	fmt.Fprintf(w, "hello %s by %s\n", name, r.Proto)
}

// large sends as many bytes as it is asked for.
func large(w http.ResponseWriter, r *http.Request) {
	var size int
	fmt.Sscan(r.URL.Query().Get("size"), &size)
	piece := make([]byte, 32<<10)
	for i := range piece {
		piece[i] = byte('a' + i%26)
	}
	for size > 0 {
		n := len(piece)
		if n > size {
			n = size
		}
		if _, err := w.Write(piece[:n]); err != nil {
			return
		}
		size -= n
	}
}

// count says how many bytes it was sent.
func count(w http.ResponseWriter, r *http.Request) {
	n, err := io.Copy(ioutil.Discard, r.Body)
	fmt.Fprintln(w, n, err)
}

// echo takes the connection over and gives back each line, as what upgrades to a WebSocket does with frames.
func echo(w http.ResponseWriter, r *http.Request) {
	conn, rw, err := w.(http.Hijacker).Hijack()
	if err != nil {
		return
	}
	defer conn.Close()
	fmt.Fprint(rw, "HTTP/1.1 101 Switching Protocols\r\nUpgrade: lines\r\nConnection: Upgrade\r\n\r\n")
	rw.Flush()
	in := bufio.NewScanner(rw)
	for in.Scan() {
		fmt.Fprintf(rw, "<%s>\n", in.Text())
		rw.Flush()
	}
}

func routes(server *http.Server) {
	http.HandleFunc("/greet", greet)
	http.HandleFunc("/big", large)
	http.HandleFunc("/count", count)
	http.HandleFunc("/echo", echo)
	http.HandleFunc("/quit", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintln(w, "served", served)
		go server.Shutdown(r.Context())
	})
}

func certificate() tls.Certificate {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	check(err)
	now := time.Now()
	template := x509.Certificate{SerialNumber: new(big.Int), NotBefore: now.Add(-time.Hour), NotAfter: now.Add(time.Hour),
		DNSNames: []string{"localhost"}, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}}
	der, err := x509.CreateCertificate(rand.Reader, &template, &template, &key.PublicKey, key)
	check(err)
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "web:", err)
		os.Exit(1)
	}
}

func serve(address string, secure bool) {
	server := &http.Server{}
	routes(server)
	listener, err := net.Listen("tcp", address)
	check(err)
	fmt.Println("serving")
	if secure {
		server.TLSConfig = &tls.Config{Certificates: []tls.Certificate{certificate()}, NextProtos: []string{"h2", "http/1.1"}}
		err = server.ServeTLS(listener, "", "")
	} else {
		err = server.Serve(listener)
	}
	if err != http.ErrServerClosed {
		check(err)
	}
	time.Sleep(100 * time.Millisecond) // the answer to /quit is on its way
	fmt.Println("served", served)
}

func get(urls []string) {
	client := &http.Client{Transport: &http.Transport{
		TLSClientConfig: &tls.Config{InsecureSkipVerify: true}, ForceAttemptHTTP2: true}}
	for _, url := range urls {
		answer, err := client.Get(url)
		check(err)
		body, err := ioutil.ReadAll(answer.Body)
		check(err)
		answer.Body.Close()
		fmt.Printf("%d %s %d %.40s\n", answer.StatusCode, answer.Proto, len(body), body)
	}
}

// lines sends each word over TCP and prints the line that comes back.
func lines(address string, words []string) {
	conn, err := net.DialTimeout("tcp", address, 10*time.Second)
	check(err)
	in := bufio.NewReader(conn)
	for _, word := range words {
		fmt.Fprintf(conn, "%s\r\n", word)
		answer, err := in.ReadString('\n')
		check(err)
		fmt.Printf("%q\n", answer)
	}
}

func main() {
	switch os.Args[1] {
	case "serve":
		serve(os.Args[2], false)
	case "tls":
		serve(os.Args[2], true)
	case "get":
		get(os.Args[2:])
	case "lines":
		lines(os.Args[2], os.Args[3:])
	}
}
