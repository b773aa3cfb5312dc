// compress: gzip, zlib, flate and lzw round trips; tar and zip in memory.
package main

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/bzip2"
	"compress/flate"
	"compress/gzip"
	"compress/lzw"
	"compress/zlib"
	"encoding/hex"
	"fmt"
	"hash/crc32"
	"io"
	"io/ioutil"
)

func round(name string, data []byte, w func(io.Writer) io.WriteCloser, r func(io.Reader) io.Reader) {
	var buf bytes.Buffer
	z := w(&buf)
	z.Write(data)
	z.Close()
	small := buf.Len() < len(data)/2
	back, err := ioutil.ReadAll(r(&buf))
	fmt.Println(name, small, err, bytes.Equal(back, data))
}

func main() {
	var data []byte
	x := uint32(7)
	for len(data) < 60000 {
		x = x*1664525 + 1013904223
		data = append(data, []byte(fmt.Sprintf("line %d of %d\n", x>>24, len(data)/1000))...)
	}
	for _, level := range []int{1, 6, 9} {
		round(fmt.Sprint("gzip", level), data, func(w io.Writer) io.WriteCloser { z, _ := gzip.NewWriterLevel(w, level); return z },
			func(r io.Reader) io.Reader { z, _ := gzip.NewReader(r); return z })
	}
	round("zlib", data, func(w io.Writer) io.WriteCloser { return zlib.NewWriter(w) }, func(r io.Reader) io.Reader { z, _ := zlib.NewReader(r); return z })
	round("flate", data, func(w io.Writer) io.WriteCloser { z, _ := flate.NewWriter(w, flate.HuffmanOnly); return z }, func(r io.Reader) io.Reader { return flate.NewReader(r) })
	round("lzw", data, func(w io.Writer) io.WriteCloser { return lzw.NewWriter(w, lzw.LSB, 8) }, func(r io.Reader) io.Reader { return lzw.NewReader(r, lzw.LSB, 8) })
	// "hello world\n" by bzip2(1)
	bz, _ := hex.DecodeString("425a68393141592653594eece83600000251800010400006449080200031064c4101a7a9a580bb9431f8bb9229c28482776741b0")
	b, err := ioutil.ReadAll(bzip2.NewReader(bytes.NewReader(bz)))
	fmt.Printf("bzip2 %q %v\n", b, err)
	_, err = gzip.NewReader(bytes.NewReader([]byte("not gzip at all")))
	fmt.Println(err)
	var tb bytes.Buffer
	tw := tar.NewWriter(&tb)
	tw.WriteHeader(&tar.Header{Name: "a.txt", Mode: 0600, Size: 5})
	tw.Write([]byte("hello"))
	tw.Close()
	tr := tar.NewReader(&tb)
	th, err := tr.Next()
	c, _ := ioutil.ReadAll(tr)
	fmt.Println(th.Name, th.Size, string(c), err)
	var zb bytes.Buffer
	zw := zip.NewWriter(&zb)
	f, _ := zw.Create("dir/b.txt")
	f.Write(data)
	zw.Close()
	zr, err := zip.NewReader(bytes.NewReader(zb.Bytes()), int64(zb.Len()))
	if err != nil {
		fmt.Println(err)
		return
	}
	rc, _ := zr.File[0].Open()
	c, err = ioutil.ReadAll(rc)
	fmt.Println(zr.File[0].Name, len(c) == len(data), crc32.ChecksumIEEE(c) == crc32.ChecksumIEEE(data), err)
}
