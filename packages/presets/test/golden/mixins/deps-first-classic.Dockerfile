FROM ruby:3.4 AS build
WORKDIR /out/app
COPY Gemfile ./Gemfile
COPY Gemfile.lock ./Gemfile.lock
RUN bundle install
COPY . .
ARG SOURCE_DATE_EPOCH=0
RUN find /out -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +

FROM ruby:3.4-slim
COPY --from=build /out/ /
USER 1000
CMD ["ruby", "/app/a.rb"]
