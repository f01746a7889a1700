FROM busybox:1.37 AS site
USER 0
WORKDIR /out/www
COPY public/ ./
ARG SOURCE_DATE_EPOCH=0
RUN find /out -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} + \
    && find /out/www -type f -exec sh -c 'for file; do touch -d "@$(($(cksum < "$file" | cut -d " " -f 1) % 1000000000))" "$file"; done' sh {} +

FROM busybox:1.37
COPY --from=site /out/ /
EXPOSE 9000
USER 65532:65532
CMD ["busybox", "httpd", "-f", "-p", "9000", "-h", "/www"]
