FROM nginxinc/nginx-unprivileged:1.30-alpine AS site
USER 0
WORKDIR /out/usr/share/nginx/html
COPY public/ ./
ARG SOURCE_DATE_EPOCH=0
RUN find . -type f '(' -name '*.css' -o -name '*.html' -o -name '*.js' -o -name '*.json' -o -name '*.map' -o -name '*.mjs' -o -name '*.svg' -o -name '*.txt' -o -name '*.wasm' -o -name '*.xml' ')' -exec gzip -k -n -9 {} + \
    && mkdir -p /out/etc/nginx/conf.d \
    && printf '%s\n' 'server {' '  listen 8080;' '  server_tokens off;' '  gzip_static on;' '  gzip_vary on;' '  root /usr/share/nginx/html;' '  index index.html;' '  location / { add_header X-Content-Type-Options "nosniff" always; add_header Content-Security-Policy "default-src '\''self'\''" always; try_files $uri $uri.html $uri/ /index.html; }' '  location ~ "\.[0-9a-f]{8,}\." { add_header X-Content-Type-Options "nosniff" always; add_header Content-Security-Policy "default-src '\''self'\''" always; add_header Cache-Control "public, max-age=31536000, immutable"; try_files $uri =404; }' '}' > /out/etc/nginx/conf.d/default.conf \
    && find /out -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} + \
    && find /out/usr/share/nginx/html -type f -exec sh -c 'for file; do touch -d "@$(($(cksum < "$file" | cut -d " " -f 1) % 1000000000))" "$file"; done' sh {} +

FROM nginxinc/nginx-unprivileged:1.30-alpine
COPY --from=site /out/ /
EXPOSE 8080
USER 101:101
STOPSIGNAL SIGQUIT
