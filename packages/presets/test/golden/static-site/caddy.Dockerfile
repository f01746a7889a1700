FROM caddy:2.11-alpine AS site
USER 0
WORKDIR /out/srv
COPY public/ ./
ARG SOURCE_DATE_EPOCH=0
RUN mkdir -p /out/etc/caddy \
    && printf '%s\n' '{' '  admin off' '  auto_https off' '}' ':9000 {' '  root * /srv' '  encode gzip' '  @hashed path_regexp \.[0-9a-f]{8,}\.' '  header @hashed Cache-Control "public, max-age=31536000, immutable"' '  try_files {path} {path}.html /index.html' '  file_server' '}' > /out/etc/caddy/Caddyfile \
    && find /out -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} + \
    && find /out/srv -type f -exec sh -c 'for file; do touch -d "@$(($(cksum < "$file" | cut -d " " -f 1) % 1000000000))" "$file"; done' sh {} +

FROM caddy:2.11-alpine
ENV XDG_CONFIG_HOME=/tmp/config \
    XDG_DATA_HOME=/tmp/data
COPY --from=site /out/ /
EXPOSE 9000
USER 65532:65532
CMD ["caddy", "run", "--config", "/etc/caddy/Caddyfile"]
