# One image for the web server, the worker, the clock and the migrations: docker-compose.yml says which it is to be.
FROM python:3.11-slim-bookworm AS packages
COPY requirements/prod.txt /tmp/prod.txt
RUN python -m venv /venv \
 && /venv/bin/pip install --no-cache-dir --disable-pip-version-check --no-deps --require-hashes -r /tmp/prod.txt

FROM python:3.11-slim-bookworm
# What WeasyPrint sets minutes with, and fonts for letters that the portal's own has not: Chinese, Japanese, Korean; emoji.
RUN apt-get update \
 && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-wqy-microhei fonts-symbola \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin portal \
 && install -d -o 10001 /srv/files
COPY --from=packages /venv /venv
WORKDIR /app
COPY . .
# The file system may be read-only; what has to be written goes to /tmp, and the files that are kept to /srv/files, a volume.
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    STATIC_ROOT=/srv/static HOME=/tmp XDG_CACHE_HOME=/tmp/cache
# Collecting needs settings but neither services nor a key that anybody will ever use.
RUN SECRET_KEY="$(head -c 32 /dev/urandom | base64)" DATABASE_URL=postgres://build/none CELERY_BROKER_URL=memory:// \
    python manage.py collectstatic --noinput --verbosity 0
USER 10001
EXPOSE 8000
CMD ["gunicorn", "--config", "python:dag_portal.gunicorn", "dag_portal.wsgi:application", "--bind", "0.0.0.0:8000"]
