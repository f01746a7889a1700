ARG NODE_VERSION=24
ARG PHP_VERSION=8.4

FROM node:${NODE_VERSION}-trixie-slim AS base
WORKDIR /app
ENV CI=true \
    NPM_CONFIG_UPDATE_NOTIFIER=false \
    NPM_CONFIG_FUND=false \
    NPM_CONFIG_AUDIT=false

FROM base AS build
RUN --mount=type=cache,id=npm,target=/root/.npm \
    --mount=type=bind,source=package.json,target=package.json \
    --mount=type=bind,source=package-lock.json,target=package-lock.json \
    npm ci
COPY . .
ARG SOURCE_DATE_EPOCH=0
RUN npm run build \
    && mkdir -p /out/app \
    && cp -R --parents package.json public/build /out/app \
    && find /out -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +

FROM composer:2 AS vendor
ENV COMPOSER_CACHE_DIR=/tmp/cache
WORKDIR /out/app
RUN --mount=type=cache,id=composer,target=/tmp/cache \
    --mount=type=bind,source=composer.json,target=composer.json \
    --mount=type=bind,source=composer.lock,target=composer.lock \
    composer install --no-dev --no-interaction --prefer-dist --no-scripts --no-autoloader --ignore-platform-reqs
COPY . .
COPY --from=build /out/app/public/ ./public/
ARG SOURCE_DATE_EPOCH=0
RUN composer dump-autoload --no-dev --classmap-authoritative --no-interaction \
    && find /out -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +

FROM php:${PHP_VERSION}-fpm-trixie
RUN --mount=type=bind,from=mlocati/php-extension-installer:2,source=/usr/bin/install-php-extensions,target=/usr/bin/install-php-extensions \
    install-php-extensions opcache
RUN mv "$PHP_INI_DIR/php.ini-production" "$PHP_INI_DIR/php.ini" \
    && printf '%s\n' 'opcache.enable=1' 'opcache.validate_timestamps=0' 'opcache.memory_consumption=256' 'opcache.max_accelerated_files=20000' > "$PHP_INI_DIR/conf.d/opcache-production.ini"
COPY --from=vendor /out/ /
WORKDIR /app
STOPSIGNAL SIGQUIT
EXPOSE 9000
USER 33:33
CMD ["php-fpm"]
