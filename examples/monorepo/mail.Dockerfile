FROM ghcr.io/pnpm/pnpm:11 AS workspace
WORKDIR /src
COPY app/ ./

FROM workspace AS mail
RUN ["pnpm", "--offline", "--filter", "mail", "--prod", "--legacy", "deploy", "/out/mail"]

FROM gcr.io/distroless/nodejs24-debian13:nonroot
WORKDIR /app
ENV NODE_ENV=production
ENV PORT=3003
COPY --from=mail /out/mail ./
EXPOSE 3003
CMD ["index.js"]
