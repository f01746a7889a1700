FROM busybox:1.37 AS site
WORKDIR /out/site
COPY public/ ./
ARG SOURCE_DATE_EPOCH=0
RUN find /out -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} + \
    && find /out -type f -exec sh -c 'for file; do touch -d "@$(($(cksum < "$file" | cut -d " " -f 1) % 1000000000))" "$file"; done' sh {} +

FROM scratch
COPY --from=site /out/ /
