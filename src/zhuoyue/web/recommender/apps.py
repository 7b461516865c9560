from django.apps import AppConfig


class RecommenderConfig(AppConfig):
    name = "zhuoyue.web.recommender"
    label = "web_recommender"
    verbose_name = "推荐单位"
