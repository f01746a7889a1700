FROM alpine:3.24 AS alpine
RUN apk add --no-cache curl git
RUN addgroup -g 1000 -S app \
    && adduser -u 1000 -S -D -H -G app app
USER 1000:1000
