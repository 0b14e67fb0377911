# 安装或升级民政十五专档。以管理员身份运行 安装.bat,它调用本文件。
# Python of its own (the embeddable package), a scheduled task that starts with Windows,
# an entry in the Start menu. Never run on a Windows machine by its makers: see docs/install.md.
param([switch]$NoStart)
$ErrorActionPreference = 'Stop'
Set-StrictMode -Version Latest

$here = Split-Path -Parent $MyInvocation.MyCommand.Path
$version = (Get-Content -Encoding UTF8 (Join-Path $here 'VERSION')).Trim()
$programs = Join-Path $env:ProgramFiles 'minzheng'
$program = Join-Path $programs $version
$data = Join-Path $env:ProgramData 'minzheng'
$settings = Join-Path $data 'config.toml'
$backups = Join-Path $data '备份'
$task = '民政十五专档'

function Stop-WithReason([string]$reason) {
    Write-Host "没有安装：$reason" -ForegroundColor Red
    exit 1
}

function Test-Kit {
    Write-Host '核对安装包 …'
    foreach ($line in Get-Content -Encoding UTF8 (Join-Path $here 'SHA256SUMS')) {
        $wanted, $name = $line -split '  ', 2
        $file = Join-Path $here $name
        if (-not (Test-Path -LiteralPath $file)) { Stop-WithReason "缺少 $name，请重新复制安装包" }
        $found = (Get-FileHash -Algorithm SHA256 -LiteralPath $file).Hash
        if ($found -ne $wanted) { Stop-WithReason "$name 不完整或被改过，请重新复制安装包" }
    }
}

function Find-Python {
    $minor = (Get-Content -Encoding UTF8 (Join-Path $here 'PYTHON')).Trim()
    $found = Get-ChildItem -Path $here -Filter "python-$minor.*-embed-amd64.zip" | Select-Object -First 1
    if ($null -eq $found) {
        Stop-WithReason "缺少 python-$minor.x-embed-amd64.zip（Python 官方网站的 embeddable 包），请放进本文件夹"
    }
    return $found.FullName
}

function Install-Program([string]$python) {
    Write-Host "安装程序到 $program …"
    if (Test-Path -LiteralPath $program) { Remove-Item -Recurse -Force -LiteralPath $program }
    New-Item -ItemType Directory -Force -Path $program | Out-Null
    Expand-Archive -LiteralPath $python -DestinationPath $program
    Expand-Archive -LiteralPath (Join-Path $here 'program.zip') -DestinationPath $program
    $paths = Get-ChildItem -Path $program -Filter 'python*._pth' | Select-Object -First 1
    Add-Content -Encoding ASCII -LiteralPath $paths.FullName -Value 'Lib\site-packages'
    Copy-Item -Force -LiteralPath (Join-Path $here 'uninstall.ps1') -Destination $programs
}

function Initialize-Data {
    foreach ($name in '', '档案', '收件箱', 'data', '备份') {
        New-Item -ItemType Directory -Force -Path (Join-Path $data $name) | Out-Null
    }
    # 数据只给系统、管理员和服务；档案和收件箱由本机用户放文件。
    foreach ($private in 'data', '备份') {
        $folder = Join-Path $data $private
        & icacls.exe $folder /inheritance:r /grant '*S-1-5-18:(OI)(CI)F' '*S-1-5-32-544:(OI)(CI)F' '*S-1-5-19:(OI)(CI)F' | Out-Null
        if ($LASTEXITCODE -ne 0) { Stop-WithReason "$folder 的权限设不上" }
    }
    & icacls.exe $data /grant '*S-1-5-19:(OI)(CI)M' | Out-Null
    foreach ($shared in '档案', '收件箱') {
        & icacls.exe (Join-Path $data $shared) /grant '*S-1-5-32-545:(OI)(CI)M' | Out-Null
    }
    if (-not (Test-Path -LiteralPath $settings)) {
        $text = Get-Content -Raw -Encoding UTF8 (Join-Path $here 'config.toml')
        $text = $text -replace '(?m)^folder = "[^"]*"', 'folder = "档案"'
        [IO.File]::WriteAllText($settings, $text, (New-Object Text.UTF8Encoding $false))
    }
}

function Write-Commands {
    $lines = @(
        '@echo off',
        'chcp 65001 >nul',
        'set PYTHONUTF8=1',
        "`"$program\python.exe`" -m minzheng.cli.main --config `"$settings`" %*"
    )
    Set-Content -Encoding ASCII -LiteralPath (Join-Path $programs 'minzheng.bat') -Value $lines
    $menu = Join-Path $env:ProgramData 'Microsoft\Windows\Start Menu\Programs\民政十五专档'
    New-Item -ItemType Directory -Force -Path $menu | Out-Null
    $page = "[InternetShortcut]`r`nURL=http://127.0.0.1:8000/`r`n"
    [IO.File]::WriteAllText((Join-Path $menu '打开民政十五专档.url'), $page)
    $shell = New-Object -ComObject WScript.Shell
    $console = $shell.CreateShortcut((Join-Path $menu '命令行.lnk'))
    $console.TargetPath = Join-Path $env:SystemRoot 'System32\cmd.exe'
    $console.Arguments = "/k cd /d `"$programs`" && minzheng.bat --help"
    $console.Save()
    $folder = $shell.CreateShortcut((Join-Path $menu '档案文件夹.lnk'))
    $folder.TargetPath = Join-Path $data '档案'
    $folder.Save()
}

function Update-Data {
    if (-not (Test-Path -LiteralPath (Join-Path $data 'data\minzheng.sqlite3'))) { return }
    $words = @('-X', 'utf8', '-m', 'minzheng.cli.main', '--config', $settings, 'upgrade', $backups)
    if (-not (Test-Path -LiteralPath (Join-Path $data 'backup.key'))) { $words += '--new-key' }
    & (Join-Path $program 'python.exe') @words
    if ($LASTEXITCODE -ne 0) {
        if (Get-ScheduledTask -TaskName $task -ErrorAction SilentlyContinue) { Start-ScheduledTask -TaskName $task }
        Stop-WithReason '数据没有升级成功，仍用原来的版本'
    }
}

function Stop-ServiceTask {
    if (-not (Get-ScheduledTask -TaskName $task -ErrorAction SilentlyContinue)) { return }
    Stop-ScheduledTask -TaskName $task
    Start-Sleep -Seconds 5
    Get-CimInstance Win32_Process -Filter "Name = 'python.exe'" |
        Where-Object { $_.ExecutablePath -like "$programs\*" } |
        ForEach-Object { Stop-Process -Id $_.ProcessId -Force -ErrorAction SilentlyContinue }
}

function Register-Service {
    $words = "-X utf8 -m minzheng.cli.main --config `"$settings`" serve"
    $action = New-ScheduledTaskAction -Execute (Join-Path $program 'python.exe') -Argument $words -WorkingDirectory $data
    $trigger = New-ScheduledTaskTrigger -AtStartup
    $who = New-ScheduledTaskPrincipal -UserId 'S-1-5-19' -LogonType ServiceAccount
    $how = New-ScheduledTaskSettingsSet -RestartCount 999 -RestartInterval (New-TimeSpan -Minutes 1) -ExecutionTimeLimit ([TimeSpan]::Zero) -AllowStartIfOnBatteries -DontStopIfGoingOnBatteries -Priority 7
    Register-ScheduledTask -Force -TaskName $task -Action $action -Trigger $trigger -Principal $who -Settings $how | Out-Null
    if (-not $NoStart) { Start-ScheduledTask -TaskName $task }
}

$identity = New-Object Security.Principal.WindowsPrincipal ([Security.Principal.WindowsIdentity]::GetCurrent())
if (-not $identity.IsInRole([Security.Principal.WindowsBuiltInRole]::Administrator)) {
    Stop-WithReason '请用管理员身份运行：右键 安装.bat，选“以管理员身份运行”'
}
if (-not [Environment]::Is64BitOperatingSystem) { Stop-WithReason '需要 64 位的 Windows 10 或更新' }
Test-Kit
$python = Find-Python
Stop-ServiceTask
Install-Program $python
Initialize-Data
Update-Data
Write-Commands
Register-Service
Write-Host ''
Write-Host "已安装 minzheng $version。设置 $settings，档案放在 $(Join-Path $data '档案')。"
Write-Host "建第一个账号：在开始菜单打开“命令行”，运行 minzheng account add 用户名 --role 管理员 --name 姓名"
if (-not (Test-Path -LiteralPath (Join-Path $env:SystemRoot 'System32\msvcp140.dll'))) {
    Write-Host '没有 Visual C++ 2015-2022 运行库（x64）：识别扫描件要用它，请安装后重启服务。' -ForegroundColor Yellow
}
if (-not (Get-Command soffice.exe -ErrorAction SilentlyContinue)) {
    Write-Host '没有 LibreOffice：不能生成 PDF，.doc、.wps 等旧格式只登记不识别；其余照常。装好后把它的 program 文件夹加入 PATH。'
}
Write-Host '体检：minzheng doctor'
