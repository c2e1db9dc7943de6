from django.apps import AppConfig
from django.urls import register_converter


class CommonConfig(AppConfig):
    name = "common"

    def ready(self) -> None:
        from common.addresses import KeyConverter

        register_converter(KeyConverter, "key")
