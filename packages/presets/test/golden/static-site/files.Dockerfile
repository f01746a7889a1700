FROM busybox:1.37 AS site
WORKDIR /out/site
COPY public/ ./
ARG SOURCE_DATE_EPOCH=0
RUN find /out -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +

FROM scratch
COPY --from=site /out/ /
