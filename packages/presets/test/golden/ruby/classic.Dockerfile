ARG RUBY_VERSION=3.4

FROM ruby:${RUBY_VERSION}-slim-trixie AS base
RUN apt-get update \
    && apt-get install -y --no-install-recommends libjemalloc2 libpq5 \
    && rm -rf /var/lib/apt/lists/* /var/cache/apt/*.bin
RUN ln -s /usr/lib/*-linux-gnu/libjemalloc.so.2 /usr/local/lib/libjemalloc.so
ENV RAILS_ENV=production \
    BUNDLE_DEPLOYMENT=1 \
    BUNDLE_PATH=/usr/local/bundle \
    BUNDLE_WITHOUT=development:test \
    LD_PRELOAD=/usr/local/lib/libjemalloc.so

FROM base AS build
RUN apt-get update \
    && apt-get install -y --no-install-recommends build-essential git libyaml-dev pkg-config \
    && rm -rf /var/lib/apt/lists/* /var/cache/apt/*.bin
WORKDIR /app
COPY Gemfile ./Gemfile
COPY Gemfile.lock ./Gemfile.lock
RUN bundle install \
    && rm -rf ~/.bundle /usr/local/bundle/ruby/*/cache /usr/local/bundle/ruby/*/bundler/gems/*/.git
COPY . .
ARG SOURCE_DATE_EPOCH=0
RUN SECRET_KEY_BASE_DUMMY=1 ./bin/rails assets:precompile \
    && mkdir -p /out/usr/local/bundle \
    && cp -R /usr/local/bundle/. /out/usr/local/bundle/ \
    && cp -R /app /out/ \
    && find /out -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +

FROM base
COPY --from=build /out/ /
WORKDIR /app
EXPOSE 3000
USER 1000:1000
CMD ["bin/rails", "server"]
