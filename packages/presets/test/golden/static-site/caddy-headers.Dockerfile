FROM caddy:2.11-alpine AS site
USER 0
WORKDIR /out/srv
COPY public/ ./
ARG SOURCE_DATE_EPOCH=0
RUN find . -type f '(' -name '*.css' -o -name '*.html' -o -name '*.js' -o -name '*.json' -o -name '*.map' -o -name '*.mjs' -o -name '*.svg' -o -name '*.txt' -o -name '*.wasm' -o -name '*.xml' ')' -exec gzip -k -n -9 {} + \
    && mkdir -p /out/etc/caddy \
    && printf '%s\n' '{' '  admin off' '  auto_https off' '}' ':8080 {' '  root * /srv' '  header X-Content-Type-Options "nosniff"' '  header Content-Security-Policy "default-src '\''self'\''"' '  @hashed path_regexp \.[0-9a-f]{8,}\.' '  header @hashed Cache-Control "public, max-age=31536000, immutable"' '  try_files {path} {path}.html /index.html' '  file_server {' '    precompressed gzip' '  }' '}' > /out/etc/caddy/Caddyfile \
    && find /out -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} + \
    && find /out/srv -type f -exec sh -c 'for file; do touch -d "@$(($(cksum < "$file" | cut -d " " -f 1) % 1000000000))" "$file"; done' sh {} +

FROM caddy:2.11-alpine
ENV XDG_CONFIG_HOME=/tmp/config \
    XDG_DATA_HOME=/tmp/data
COPY --from=site /out/ /
EXPOSE 8080
USER 65532:65532
CMD ["caddy", "run", "--config", "/etc/caddy/Caddyfile"]
