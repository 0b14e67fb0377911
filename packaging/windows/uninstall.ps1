# 卸载民政十五专档。以管理员身份运行 卸载.bat，它调用本文件。数据和档案不删，要删加 -WithData。
param([switch]$WithData)
$ErrorActionPreference = 'Stop'
Set-StrictMode -Version Latest

$programs = Join-Path $env:ProgramFiles 'minzheng'
$data = Join-Path $env:ProgramData 'minzheng'
$menu = Join-Path $env:ProgramData 'Microsoft\Windows\Start Menu\Programs\民政十五专档'
$task = '民政十五专档'

if (Get-ScheduledTask -TaskName $task -ErrorAction SilentlyContinue) {
    Stop-ScheduledTask -TaskName $task
    Unregister-ScheduledTask -TaskName $task -Confirm:$false
    Start-Sleep -Seconds 5
}
Get-CimInstance Win32_Process -Filter "Name = 'python.exe'" |
    Where-Object { $_.ExecutablePath -like "$programs\*" } |
    ForEach-Object { Stop-Process -Id $_.ProcessId -Force -ErrorAction SilentlyContinue }
foreach ($place in $menu, $programs) {
    if (Test-Path -LiteralPath $place) { Remove-Item -Recurse -Force -LiteralPath $place }
}
if ($WithData) {
    Remove-Item -Recurse -Force -LiteralPath (Join-Path $data 'data')
    Write-Host "数据已删除。档案、收件箱、备份没有动：$data"
} else {
    Write-Host "数据、档案、设置、备份没有动：$data"
}
Write-Host '已卸载。'
