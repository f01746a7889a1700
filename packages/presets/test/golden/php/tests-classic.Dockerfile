ARG PHP_VERSION=8.4

FROM composer:2 AS build
ENV COMPOSER_CACHE_DIR=/tmp/cache
WORKDIR /out/app
COPY composer.json composer.lock ./
RUN composer install --no-dev --no-interaction --prefer-dist --no-scripts --no-autoloader --ignore-platform-reqs
COPY . .
ARG SOURCE_DATE_EPOCH=0
RUN composer dump-autoload --no-dev --classmap-authoritative --no-interaction \
    && find /out -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +

FROM build AS test
WORKDIR /test
RUN cp -R /out/app/. .
RUN composer install --no-interaction --prefer-dist --ignore-platform-reqs
RUN vendor/bin/phpunit

FROM php:${PHP_VERSION}-fpm-trixie
RUN mv "$PHP_INI_DIR/php.ini-production" "$PHP_INI_DIR/php.ini"
COPY --from=test /out/ /
WORKDIR /app
STOPSIGNAL SIGQUIT
EXPOSE 9000
USER 33:33
CMD ["php-fpm"]
