# The site
FROM node:22-bookworm-slim AS site
WORKDIR /src/frontend
COPY frontend/package.json frontend/package-lock.json ./
RUN npm ci
COPY frontend ./
RUN npm run build

# The binary
FROM golang:1.26-bookworm AS binary
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
COPY --from=site /src/frontend/build frontend/build
RUN go build -trimpath -ldflags "-s -w -linkmode external -extldflags -static" -tags "osusergo netgo sqlite_omit_load_extension" -o /muster . \
 && mkdir -p /data && chown 65532:65532 /data

# What runs
FROM gcr.io/distroless/static-debian12:nonroot
COPY --from=binary /muster /muster
COPY --from=binary --chown=65532:65532 /data /data
USER 65532:65532
ENV MUSTER_ADDR=0.0.0.0:8080 MUSTER_DATA=/data
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=3s --start-period=5s CMD ["/muster", "health"]
ENTRYPOINT ["/muster"]
CMD ["serve"]
