module corpus

go 1.15
