package main

import (
	"errors"
	"strconv"
	"strings"
)

var (
	errUnreadable     = errors.New("write a number, one of + - * /, and a number, such as 2*100")
	errDivisionByZero = errors.New("division by zero")
)

// Calculate gives the value of one operation on two numbers: "2*100", " 5 / 2 ", "-1.5+2".
func Calculate(input string) (float64, error) {
	text := strings.TrimSpace(input)
	// The first character may be a sign, so the operator is looked for behind it.
	if len(text) < 3 {
		return 0, errUnreadable
	}
	position := strings.IndexAny(text[1:], "+-*/") + 1
	if position == 0 {
		return 0, errUnreadable
	}
	left, leftErr := number(text[:position])
	right, rightErr := number(text[position+1:])
	if leftErr != nil || rightErr != nil {
		return 0, errUnreadable
	}
	switch text[position] {
	case '+':
		return left + right, nil
	case '-':
		return left - right, nil
	case '*':
		return left * right, nil
	}
	if right == 0 {
		return 0, errDivisionByZero
	}
	return left / right, nil
}

// number reads plain decimals only: no exponents, no hexadecimal, no infinity.
func number(text string) (float64, error) {
	trimmed := strings.TrimSpace(text)
	if strings.Trim(trimmed, "-0123456789.") != "" {
		return 0, errUnreadable
	}
	return strconv.ParseFloat(trimmed, 64)
}
