"""A published standard in two pages, written for the tests: what the importer reads into a draft."""

TEXT = """\
小城质量奖评审准则
1 范围
本准则适用于小城的组织。
2 评审要求
2.1 领导作用（60分）
2.1.1 概述
本类目看组织怎样带头。
2.1.2 方向（60分）
a) 愿景：写出愿景，并讲给所有人听。
b) 沟通：说明怎样与员工沟通。
2.2 经营结果（40分）
2.2.1 概述
本类目看组织的结果。
2.2.2 主要结果（40分）
a) 质量：给出近三年的质量指标。
"""
