// bignum: math/big and math/bits.
package main

import (
	"fmt"
	"math/big"
	"math/bits"
)

func main() {
	f := big.NewInt(1)
	for i := int64(2); i <= 300; i++ {
		f.Mul(f, big.NewInt(i))
	}
	fmt.Println(f)
	a, b := big.NewInt(0), big.NewInt(1)
	for i := 0; i < 2000; i++ {
		a.Add(a, b)
		a, b = b, a
	}
	fmt.Println(a.BitLen(), new(big.Int).Mod(a, big.NewInt(1000000007)))
	m, _ := new(big.Int).SetString("57896044618658097711785492504343953926634992332820282019728792003956564819949", 10)
	fmt.Println(m.ProbablyPrime(10), new(big.Int).Exp(big.NewInt(3), new(big.Int).Sub(m, big.NewInt(1)), m))
	inv := new(big.Int).ModInverse(big.NewInt(65537), m)
	fmt.Println(inv, new(big.Int).Mod(new(big.Int).Mul(inv, big.NewInt(65537)), m))
	q, r := new(big.Int).QuoRem(f, a, new(big.Int))
	fmt.Println(q.BitLen(), r.BitLen(), new(big.Int).Add(new(big.Int).Mul(q, a), r).Cmp(f))
	fmt.Println(new(big.Int).GCD(nil, nil, f, a), new(big.Int).Sqrt(f).BitLen())
	fmt.Println(new(big.Int).Lsh(big.NewInt(5), 200), new(big.Int).Rsh(f, 2000), new(big.Int).Not(big.NewInt(5)))
	fmt.Printf("%x %o\n", a, b)
	r1 := big.NewRat(355, 113)
	fmt.Println(r1.Add(r1, big.NewRat(1, 7)), r1.FloatString(40))
	x := new(big.Float).SetPrec(400).SetInt64(2)
	fmt.Println(x.Sqrt(x).Text('f', 100))
	huge := new(big.Int).Exp(big.NewInt(7), big.NewInt(9001), nil)
	sq := new(big.Int).Mul(huge, huge)
	fmt.Println(sq.BitLen(), len(sq.String()), new(big.Int).Sqrt(sq).Cmp(huge))

	s := uint64(0x123456789abcdef1)
	var hi, lo, acc uint64
	for i := 0; i < 1000; i++ {
		s ^= s << 13
		s ^= s >> 7
		s ^= s << 17
		hi, lo = bits.Mul64(s, s^0x5555)
		qq, rr := bits.Div64(hi%(s|1), lo, s|1)
		sum, carry := bits.Add64(qq, rr, uint64(i&1))
		diff, borrow := bits.Sub64(sum, s, carry)
		acc = bits.RotateLeft64(acc, 7) ^ diff ^ borrow ^ uint64(bits.OnesCount64(s)<<8|bits.LeadingZeros64(s>>3)|bits.TrailingZeros64(s<<5)) ^
			bits.Reverse64(s) ^ bits.ReverseBytes64(s) ^ uint64(bits.Len32(uint32(s)))
	}
	fmt.Printf("%x\n", acc)
}
