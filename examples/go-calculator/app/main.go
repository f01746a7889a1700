// Command calculator reads one operation from its argument, or one a line from standard input, and prints the result.
package main

import (
	"bufio"
	"os"
	"strconv"
)

func main() {
	if len(os.Args) > 1 {
		os.Exit(answer(os.Args[1]))
	}
	status := 0
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		if answer(lines.Text()) != 0 {
			status = 1
		}
	}
	if err := lines.Err(); err != nil {
		os.Stderr.WriteString("calculator: " + err.Error() + "\n")
		status = 1
	}
	os.Exit(status)
}

func answer(input string) int {
	value, err := Calculate(input)
	if err != nil {
		os.Stderr.WriteString("calculator: can't calculate " + strconv.Quote(input) + ": " + err.Error() + "\n")
		return 1
	}
	os.Stdout.WriteString(strconv.FormatFloat(value, 'f', -1, 64) + "\n")
	return 0
}
